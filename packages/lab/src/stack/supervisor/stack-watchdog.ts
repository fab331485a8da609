import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endProcessesOf, labMarker } from '../sweep.ts';

/**
 * Waits at the end of a pipe. When the supervisor dies, however it dies, the pipe closes, and every process that carries
 * the lab's mark, and every PostgreSQL process that works below its directory, is killed until none is left.
 */
export const stackWatchdogScript = `
trap '' HUP INT TERM
dir=$1
mark=$2=$1
while read -r word; do [ "$word" = dismissed ] && exit 0; done
sweep() {
  found=0
  for proc in /proc/[0-9]*; do
    pid=\${proc#/proc/}
    [ "$pid" = "$$" ] && continue
    ours=0
    if tr '\\0' '\\n' 2>/dev/null < "$proc/environ" | grep -q -x -F -e "$mark"; then ours=1; fi
    if [ "$ours" = 0 ]; then
      case $(readlink "$proc/exe" 2>/dev/null) in
        */postgres|*'/postgres (deleted)')
          case $(readlink "$proc/cwd" 2>/dev/null) in "$dir"/*) ours=1 ;; esac ;;
      esac
    fi
    if [ "$ours" = 1 ]; then kill -s KILL "$pid" 2>/dev/null && found=1; fi
  done
  [ "$found" = 1 ]
}
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  sweep || break
  sleep 0.2
done
`;

/** The guard of a lab on plain loopback. */
export interface StackWatchdog {
  /** The supervisor goes: end everything now, then the guard. */
  endEverything(): Promise<void>;
}

/** Starts the guard, a /bin/sh of its own session that carries no mark itself. */
export function startWatchdog(directory: string): StackWatchdog {
  const child = spawn('/bin/sh', ['-c', stackWatchdogScript, 'pgattest-lab-watchdog', directory, labMarker], {
    cwd: '/',
    detached: true,
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(child, 'exit');
  child.unref();
  // Writing to a guard that was killed must not take the lab down.
  child.stdin.on('error', () => {});
  return {
    async endEverything() {
      await endProcessesOf(directory);
      child.ref();
      // The supervisor carries the mark itself: it must be gone by itself, not by the guard.
      child.stdin.end('dismissed\n');
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
  };
}
