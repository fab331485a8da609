import { spawn } from 'node:child_process';
import { chownSync, chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { LabError } from '../errors.ts';
import { findProcess, sendSignal } from '../process/process-table.ts';
import { waitFor } from '../process/wait.ts';
import type { Daemon, LabUser } from './daemon.ts';
import { writeLabFile } from './lab-file.ts';
import { commandOn, type Launcher } from './launcher.ts';
import { hostDirectory, logFileOf, type LabMaterials } from './materials.ts';
import { labMarker } from './sweep.ts';

/** What became of a daemon's process. */
export type DaemonState =
  | { readonly kind: 'never started' }
  | { readonly kind: 'running'; readonly pid: number; readonly sinceMs: number }
  | { readonly kind: 'ended'; readonly how: string; readonly wanted: boolean };

/** A daemon and its process, started and stopped as often as one likes. */
export interface DaemonProcess {
  readonly daemon: Daemon;
  readonly state: DaemonState;
  /** Writes its files and starts it; no error when it runs already. */
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  /** Its stop signal, then SIGKILL; no error when it does not run. */
  stop(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
}

/** A daemon that has not been started yet. */
export function createDaemonProcess(daemon: Daemon, materials: LabMaterials, launcher: Launcher): DaemonProcess {
  let state: DaemonState = { kind: 'never started' };
  let stopping = false;
  const logFile = logFileOf(materials, daemon.id);
  const owner = (user: LabUser): { readonly uid: number; readonly gid: number } | undefined =>
    user === 'root' ? undefined : launcher.users?.[user];

  const signal = (name: NodeJS.Signals): void => {
    if (state.kind === 'running') sendSignal(state.pid, name);
  };
  return {
    daemon,
    get state() {
      return state;
    },
    signal,
    async start(env = {}) {
      if (state.kind === 'running') return;
      for (const { path, mode } of daemon.directories) {
        // What a daemon made of its directory is left as it is at a second start.
        if (existsSync(path)) continue;
        mkdirSync(path, { recursive: true });
        chmodSync(path, mode);
        const account = owner(daemon.user);
        if (account !== undefined) chownSync(path, account.uid, account.gid);
      }
      for (const file of daemon.files) await writeLabFile(file.path, file.content, file.mode, owner(file.owner));
      // Set at the last step: what comes before it runs as root, and LD_PRELOAD is not meant for that.
      const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
      const argv = assignments.length === 0 ? daemon.argv : (['/usr/bin/env', ...assignments, ...daemon.argv] as const);
      const [command, ...args] = commandOn(launcher, daemon.host, daemon.user, argv);
      const log = openSync(logFile, 'a', 0o644);
      stopping = false;
      const child = spawn(command, args, {
        cwd: hostDirectory(materials, daemon.host),
        env: { ...daemon.env, [labMarker]: materials.directory },
        detached: true,
        stdio: ['ignore', log, log],
      });
      closeSync(log);
      child.unref();
      const { pid } = child;
      if (pid === undefined) {
        const cause = await new Promise<Error>((resolve) => {
          child.once('error', resolve);
        });
        throw new LabError('start_failed', `cannot start ${daemon.id}: ${cause.message}`, { cause });
      }
      state = { kind: 'running', pid, sinceMs: Date.now() };
      child.once('exit', (code, killedBy) => {
        state = { kind: 'ended', how: killedBy ?? `exit code ${code ?? '?'}`, wanted: stopping };
      });
    },
    async stop() {
      if (state.kind !== 'running') return;
      const { pid } = state;
      stopping = true;
      sendSignal(pid, daemon.stopSignal ?? 'SIGTERM');
      // A frozen process takes a signal only when it goes on.
      sendSignal(pid, 'SIGCONT');
      const gone = (): true | undefined => (findProcess(pid) === undefined ? true : undefined);
      if ((await waitFor(gone, { timeoutMs: daemon.stopMs, everyMs: 50 })) === undefined) {
        sendSignal(pid, 'SIGKILL');
        await waitFor(gone, { timeoutMs: 5_000, everyMs: 20 });
      }
      // The exit event comes in a later turn than the end of the process.
      await waitFor(() => (isRunning(pid) ? undefined : true), { timeoutMs: 1_000, everyMs: 5 });
    },
  };
  function isRunning(pid: number): boolean {
    return state.kind === 'running' && state.pid === pid;
  }
}
