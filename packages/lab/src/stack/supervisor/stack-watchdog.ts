import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endProcessesOf, labMarker } from '../sweep.ts';

/**
 * Waits at the end of a pipe. When the supervisor dies, however it dies, the pipe closes, and every process that carries
 * the lab's mark, and every PostgreSQL process that works below its directory, is ended until none is left: PostgreSQL by
 * SIGQUIT first, so that it gives its shared memory back.
 */
export const stackWatchdogScript = `
trap '' HUP INT TERM
dir=$1
mark=$2=$1
while read -r word; do [ "$word" = dismissed ] && exit 0; done
sweep() {
  found=0
  for proc in $(find /proc -mindepth 2 -maxdepth 2 -name cwd -lname "$dir/*" 2>/dev/null); do
    case $(readlink "\${proc%/cwd}/exe" 2>/dev/null) in
      */postgres|*'/postgres (deleted)') end "$1" "\${proc%/cwd}" ;;
    esac
  done
  for file in $(grep -l -s -z -x -F -e "$mark" /proc/[0-9]*/environ); do
    case $(readlink "\${file%/environ}/exe" 2>/dev/null) in
      */postgres|*'/postgres (deleted)') [ "$1" = KILL ] && end KILL "\${file%/environ}" ;;
      *) end KILL "\${file%/environ}" ;;
    esac
  done
  [ "$found" = 1 ]
}
end() {
  pid=\${2#/proc/}
  [ "$pid" = "$$" ] && return
  if kill -s "$1" "$pid" 2>/dev/null; then found=1; kill -s CONT "$pid" 2>/dev/null; fi
}
for signal in QUIT QUIT QUIT QUIT QUIT QUIT QUIT QUIT KILL KILL KILL KILL KILL; do
  sweep "$signal" || break
  sleep 0.5
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
