import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../errors.ts';
import { findProcess, descendantsOf, sendSignal } from '../process/process-table.ts';
import { forgetPid, recordPid } from '../process/run-directory.ts';
import type { SystemUser } from '../process/system-user.ts';
import { waitFor } from '../process/wait.ts';
import type { ServerBinaries } from '../server/binaries.ts';
import { overridesFile, renderSettings } from '../server/configuration.ts';
import type { Admin } from './admin.ts';
import { writeServerFile } from './server-files.ts';

/** How a server is asked to stop: wait for clients, disconnect them, or drop everything (crash recovery follows). */
export type StopMode = 'smart' | 'fast' | 'immediate';

/** Everything a node is made of. */
export interface DemoNodeSpec {
  readonly name: string;
  readonly roleAtStart: 'primary' | 'replica';
  readonly host: string;
  readonly port: number;
  readonly runDir: string;
  readonly nodeDir: string;
  readonly binaries: ServerBinaries;
  readonly user: SystemUser | undefined;
  readonly admin: Admin;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 30_000;
const stopSignal = { smart: 'SIGTERM', fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** One PostgreSQL server of the demo cluster, with the handles a test needs to make it misbehave. */
export class DemoNode {
  readonly name: string;
  /** Role when the cluster was started; promote() does not change it. */
  readonly roleAtStart: 'primary' | 'replica';
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly #spec: DemoNodeSpec;
  #child: ChildProcess | undefined;
  #orphans: readonly number[] = [];
  #overrides: Readonly<Record<string, string | number>> = {};

  constructor(spec: DemoNodeSpec) {
    this.#spec = spec;
    this.name = spec.name;
    this.roleAtStart = spec.roleAtStart;
    this.host = spec.host;
    this.port = spec.port;
    this.dataDir = join(spec.nodeDir, 'data');
  }

  /** Whether the postmaster exists (a paused one does). */
  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Pid of the postmaster, while it exists. */
  get pid(): number | undefined {
    return this.isRunning ? this.#child?.pid : undefined;
  }

  /** The server log being written; before the logging collector runs, what the postmaster wrote to stderr. */
  get logFile(): string {
    const current = join(this.dataDir, 'current_logfiles');
    if (!existsSync(current)) return this.#startupLog;
    const path = /^stderr (.+)$/mu.exec(readFileSync(current, 'utf8'))?.[1];
    return path === undefined ? this.#startupLog : join(this.dataDir, path);
  }

  get #startupLog(): string {
    return join(this.#spec.nodeDir, 'startup.log');
  }

  /** Starts the server and waits until it accepts connections. Does nothing when it runs. */
  async start(): Promise<void> {
    if (this.isRunning) return;
    await this.#waitForOrphans();
    const { binaries, user, nodeDir, runDir } = this.#spec;
    const log = openSync(this.#startupLog, 'a', 0o600);
    const child = spawn(join(binaries.binDir, 'postgres'), ['-D', this.dataDir], {
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
      cwd: '/',
      // Its own session: Ctrl-C in the terminal is for us, we stop the servers in order.
      detached: true,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', HOME: nodeDir },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    let spawnError: Error | undefined;
    child.once('error', (error) => {
      spawnError = error;
    });
    this.#child = child;
    if (child.pid !== undefined) recordPid(runDir, this.name, child.pid);
    const state = await waitFor(
      () => (spawnError !== undefined || !this.isRunning ? 'ended' : this.#isReady() ? 'ready' : undefined),
      { timeoutMs: startTimeoutMs },
    );
    if (state === 'ready') return;
    if (this.pid !== undefined) await this.stop('immediate');
    forgetPid(runDir, this.name);
    throw new LabError(
      'start_failed',
      `${this.name} did not start on port ${this.port}${spawnError === undefined ? '' : `: ${spawnError.message}`}\n${this.#lastLines(30)}`,
      { cause: spawnError },
    );
  }

  /** Stops the server and waits until it is gone; asks again more firmly when it does not go. */
  async stop(mode: StopMode = 'fast'): Promise<void> {
    const pid = this.pid;
    if (pid === undefined) return;
    this.resume();
    sendSignal(pid, stopSignal[mode]);
    if (!(await this.#hasEnded(stopTimeoutMs))) {
      sendSignal(pid, 'SIGQUIT');
      if (!(await this.#hasEnded(6_000))) {
        this.kill('SIGKILL');
        await this.#hasEnded(5_000);
      }
    }
    await this.#waitForOrphans();
    forgetPid(this.#spec.runDir, this.name);
  }

  /** Stop and start, for settings that need it. */
  async restart(mode: StopMode = 'fast'): Promise<void> {
    await this.stop(mode);
    await this.start();
  }

  /** Sends a signal to the postmaster alone; after SIGKILL its children end by themselves and start() waits for them. */
  kill(signal: NodeJS.Signals): void {
    const pid = this.pid;
    if (pid === undefined)
      throw new LabError('not_running', `cannot send ${signal} to ${this.name}: it is not running`);
    if (signal === 'SIGKILL') this.#orphans = descendantsOf(pid).map((entry) => entry.pid);
    sendSignal(pid, signal);
  }

  /** Freezes the whole server: sockets stay open, nothing answers. */
  pause(): void {
    this.kill('SIGSTOP');
    // The postmaster is frozen first, so the list of its children is final.
    for (const entry of descendantsOf(this.pid ?? 0)) sendSignal(entry.pid, 'SIGSTOP');
  }

  /** Lets a frozen server go on; harmless otherwise. */
  resume(): void {
    const pid = this.pid;
    if (pid === undefined) return;
    for (const entry of descendantsOf(pid)) sendSignal(entry.pid, 'SIGCONT');
    sendSignal(pid, 'SIGCONT');
  }

  /** Makes a standby the primary of a new timeline and waits until it is one. */
  async promote(): Promise<void> {
    if (!this.isRunning) throw new LabError('not_running', `cannot promote ${this.name}: it is not running`);
    // The file and the signal work on every major; pg_promote() only from 12 on.
    this.#write('promote', '');
    this.kill('SIGUSR1');
    const promoted = await waitFor(
      async () => {
        const rows = await this.#spec.admin.rows(`SELECT pg_is_in_recovery() AS waiting`);
        return rows[0]?.['waiting'] === 'f' ? true : undefined;
      },
      { timeoutMs: startTimeoutMs, everyMs: 50 },
    );
    if (promoted === undefined) throw new LabError('timeout', `${this.name} is still a standby after being promoted`);
  }

  /**
   * Adds settings on top of the node's configuration; undefined takes one back. Takes effect at reload() or, where the
   * setting needs it, at restart().
   */
  setSettings(settings: Readonly<Record<string, string | number | undefined>>): void {
    const kept = Object.entries({ ...this.#overrides, ...settings }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    this.#overrides = Object.fromEntries(kept);
    this.#write(overridesFile, renderSettings(this.#overrides));
  }

  /** The text of pg_hba.conf as it is on disk. */
  readHba(): string {
    return readFileSync(join(this.dataDir, 'pg_hba.conf'), 'utf8');
  }

  /** Replaces pg_hba.conf; takes effect at reload(). */
  setHba(text: string): void {
    this.#write('pg_hba.conf', text);
  }

  /** Adds lines at the end of pg_hba.conf; takes effect at reload(). */
  appendHba(...lines: readonly string[]): void {
    this.setHba(`${this.readHba()}${lines.map((line) => `${line}\n`).join('')}`);
  }

  /** Makes the server read its files again and waits until it has. */
  async reload(): Promise<void> {
    const loadedAt = async (): Promise<string | null | undefined> =>
      (await this.#spec.admin.rows(`SELECT pg_conf_load_time() AS at`))[0]?.['at'];
    const before = await loadedAt();
    this.kill('SIGHUP');
    const after = await waitFor(
      async () => {
        const at = await loadedAt();
        return at === before ? undefined : at;
      },
      { timeoutMs: 10_000 },
    );
    if (after === undefined) throw new LabError('timeout', `${this.name} did not reload its configuration`);
  }

  #write(file: string, text: string): void {
    writeServerFile(join(this.dataDir, file), text, this.#spec.user);
  }

  /** Line 8 of postmaster.pid is the postmaster's own word for its state. */
  #isReady(): boolean {
    const file = join(this.dataDir, 'postmaster.pid');
    if (!existsSync(file)) return false;
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines[0] === String(this.#child?.pid) && lines[7]?.trim() === 'ready';
  }

  async #hasEnded(timeoutMs: number): Promise<boolean> {
    return (await waitFor(() => (this.isRunning ? undefined : true), { timeoutMs })) === true;
  }

  async #waitForOrphans(): Promise<void> {
    const gone = await waitFor(() => (this.#orphans.some((pid) => findProcess(pid) !== undefined) ? undefined : true), {
      timeoutMs: 5_000,
    });
    // A frozen child never notices that its postmaster died.
    if (gone === undefined) for (const pid of this.#orphans) sendSignal(pid, 'SIGKILL');
    this.#orphans = [];
  }

  #lastLines(count: number): string {
    const files = [this.#startupLog, this.logFile].filter(
      (file, at, all) => all.indexOf(file) === at && existsSync(file),
    );
    return files.map((file) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n')).join('\n');
  }
}
