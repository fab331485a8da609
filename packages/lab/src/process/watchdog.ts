import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Waits at the end of a pipe. When the owner dies, however it dies, the pipe closes and the recorded processes are
 * ended and the directory removed (unless it is to be kept). Nothing recorded: nothing to do.
 */
export const watchdogScript = `
trap '' HUP INT TERM
dir=$1
while read -r _; do :; done
[ -f "$dir/owner.json" ] || exit 0
ours() { tr '\\0' ' ' 2>/dev/null < "/proc/$1/cmdline" | grep -q -F -e "$dir"; }
end() {
  for file in "$dir"/pids/*; do
    [ -f "$file" ] || continue
    read -r pid < "$file" || continue
    if ours "$pid"; then kill -s CONT "$pid"; kill -s "$1" "$pid"; alive=1; fi
  done
}
for attempt in 1 2 3 4 5 6 7 8 9 10 11 12; do
  alive=0
  if [ "$attempt" -lt 10 ]; then end QUIT; else end KILL; fi
  [ "$alive" = 0 ] && break
  sleep 0.3
done
[ -f "$dir/keep" ] || rm -rf "$dir"
`;

/** The guard of one run directory. */
export interface Watchdog {
  /** The owner has cleaned up: end without doing anything. */
  dismiss(): Promise<void>;
}

/** Starts the guard; a plain /bin/sh of its own session, so Ctrl-C in the terminal does not reach it. */
export function startWatchdog(dir: string): Watchdog {
  const child = spawn('/bin/sh', ['-c', watchdogScript, 'pgattest-watchdog', dir], {
    cwd: '/',
    detached: true,
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(child, 'exit');
  child.unref();
  // Writing to a guard that was killed must not take the laboratory down.
  child.stdin.on('error', () => {});
  return {
    async dismiss() {
      child.ref();
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
  };
}
