import { createBackrestRunner, readBackupLock, type BackrestFailure, type StanzaInfo } from '@pgattest/connect';
import type { HealthState } from '../health-state.ts';
import type { Collected, MainSource, SourceReport } from '../source-api.ts';
import { createArchiverReader, type ArchiverReader } from './archiver.ts';
import { assess, troublesOf, type AssessedRepository } from './assess.ts';
import { collectInfo, noInfo } from './collect-info.ts';
import { collectVerify } from './collect-verify.ts';
import { collectWal, type HistoryCache } from './collect-wal.ts';
import { countDatabases, type WantedBackup } from './count-databases.ts';
import { explainBackrest, statBackrest, statusBackrest } from './explain.ts';
import { createFileTasks, type FileTasks } from './file-tasks.ts';
import { invalidStanza } from './known-stanza.ts';
import { createLane } from './lane.ts';
import { findLastBackups } from './last-backups.ts';
import { startLoop, type Loop } from './loop.ts';
import type { BackrestSourceOptions } from './options.ts';
import { pageOf, selfOf } from './page.ts';
import type { TaskStanding } from './self-families.ts';
import type { BackrestState, ShowOptions } from './state.ts';
import type { TaskName } from './task.ts';
import { createTaskBook, type TaskBook } from './task-book.ts';
import { readVersion } from './read-version.ts';

const defaults = { collectMs: 600_000, timeoutMs: 300_000, graceMs: 60_000, verifyTimeoutMs: 21_600_000 } as const;
/** Files are read more often than pgBackRest is run: a stop file should not wait ten minutes. */
const maxFilesIntervalMs = 30_000;
/** Listing the repositories takes at most a tenth of the time. */
const walRestFactor = 9;

/**
 * Starts collecting in the background; scrapes only show what is there, so none of them waits for pgBackRest. Errors:
 * config_invalid and file_unreadable for the schedule and the connection string.
 */
export async function openBackrestSource(options: BackrestSourceOptions): Promise<MainSource> {
  const files = await createFileTasks(options);
  const archiver = options.pgUrl === undefined ? undefined : await createArchiverReader(options.pgUrl, options.env);
  return new BackrestSource(options, files, archiver);
}

interface Loops {
  readonly files: Loop | undefined;
  readonly main: Loop;
  readonly wal: Loop | undefined;
  readonly verify: Loop | undefined;
}

/** What a state looks like, worked out once for all scrapes until the next. */
interface Page {
  readonly assessed: readonly AssessedRepository[];
  readonly collected: Collected;
}

/** Verdicts, and what they rest on. */
interface Assessment extends Pick<BackrestState, 'wal' | 'verify' | 'settings'> {
  readonly assessed: readonly AssessedRepository[];
}

class BackrestSource implements MainSource {
  readonly #options: BackrestSourceOptions;
  readonly #files: FileTasks;
  readonly #archiver: ArchiverReader | undefined;
  readonly #runner: ReturnType<typeof createBackrestRunner>;
  readonly #show: ShowOptions;
  readonly #closing = new AbortController();
  readonly #lane = createLane();
  readonly #book: TaskBook;
  readonly #histories: HistoryCache = new Map();
  readonly #startedMs = performance.now();
  readonly #loops: Loops;
  #state: BackrestState;
  #page: Page;
  #assessment: Assessment | undefined;
  #confirmedTroubles = '';

  constructor(options: BackrestSourceOptions, files: FileTasks, archiver: ArchiverReader | undefined) {
    this.#options = options;
    this.#files = files;
    this.#archiver = archiver;
    this.#runner = createBackrestRunner(options);
    this.#book = createTaskBook(options.logger);
    this.#show = {
      referenceCount: options.referenceCount === true,
      verboseWal: options.verboseWal === true,
      databaseCount: options.databaseCount === true,
      databaseCountLatest: options.databaseCountLatest === true,
      walGraceSeconds: (options.walGraceMs ?? defaults.graceMs) / 1000,
    };
    this.#state = {
      version: undefined,
      info: noInfo,
      databases: new Map(),
      wal: undefined,
      archiver: undefined,
      verify: new Map(),
      ...files.state(),
    };
    this.#page = this.#render();
    this.#loops = this.#start();
  }

  #start(): Loops {
    const { collectIntervalMs = defaults.collectMs, verifyIntervalMs = 0, isCollectorEnabled = true } = this.#options;
    const walIntervalMs = this.#options.walIntervalMs ?? collectIntervalMs;
    if (!isCollectorEnabled) {
      const main = startLoop(collectIntervalMs, () => this.#lane.run(() => this.#version()));
      return { files: undefined, main, wal: undefined, verify: undefined };
    }
    // What follows is woken in this order, and the lane keeps it: a listing comes after the info it is judged with.
    const filesLoop = startLoop(Math.min(collectIntervalMs, maxFilesIntervalMs), () => this.#readFiles());
    const main = startLoop(collectIntervalMs, () => this.#lane.run(() => this.#collect()));
    const wal =
      walIntervalMs > 0
        ? startLoop(walIntervalMs, () => this.#lane.run(() => this.#listRepositories()), walRestFactor)
        : undefined;
    // In no lane: it may take hours.
    const verify = verifyIntervalMs > 0 ? startLoop(verifyIntervalMs, () => this.#verify()) : undefined;
    return { files: filesLoop, main, wal, verify };
  }

  scrape(): Promise<SourceReport> {
    const { assessed, collected } = this.#page;
    const now = {
      seconds: Date.now() / 1000,
      uptimeSeconds: (performance.now() - this.#startedMs) / 1000,
    };
    return Promise.resolve({ self: selfOf(this.#state, assessed, this.#tasks(), now), collected });
  }

  health(): HealthState {
    const { statuses } = this.#state.info;
    if (this.#options.isCollectorEnabled === false) return this.#state.version === undefined ? 'unknown' : 'primary';
    if (statuses.length === 0) return 'unknown';
    return statuses.some(({ isOk }) => isOk) ? 'primary' : 'down';
  }

  explain(): string {
    return explainBackrest(this.#state, this.#page.assessed, this.#tasks());
  }

  stat(): string {
    return statBackrest(this.#tasks());
  }

  status(): string {
    return statusBackrest(this.#state, this.#page.assessed, this.#tasks());
  }

  async reload(): Promise<void> {
    await this.#files.checkAll();
  }

  /** Data stay until they are replaced; everything is collected anew at once. */
  forget(): void {
    for (const loop of this.#allLoops()) loop.wake();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#allLoops().map((loop) => loop.close()));
    await this.#archiver?.close();
  }

  #allLoops(): readonly Loop[] {
    const { files, main, wal, verify } = this.#loops;
    return [files, main, wal, verify].filter((loop) => loop !== undefined);
  }

  #set(change: Partial<BackrestState>): void {
    this.#state = { ...this.#state, ...change };
    this.#page = this.#render();
  }

  #render(): Page {
    const state = this.#state;
    const assessed = this.#assess(state);
    return { assessed, collected: { families: pageOf(state, assessed, this.#show) } };
  }

  /** Judging a large archive takes time: only when something it rests on is new. */
  #assess({ wal, verify, settings }: BackrestState): readonly AssessedRepository[] {
    const last = this.#assessment;
    if (last !== undefined && last.wal === wal && last.verify === verify && last.settings === settings) {
      return last.assessed;
    }
    const assessed = assess(wal, { verify, settings }, this.#show.walGraceSeconds);
    this.#assessment = { wal, verify, settings, assessed };
    return assessed;
  }

  async #readFiles(): Promise<void> {
    await this.#files.readAll(this.#book);
    this.#set(this.#files.state());
  }

  async #collect(): Promise<void> {
    // The configuration says which stanzas to expect.
    if (this.#book.reports().every(({ name, runs }) => name !== 'config' || runs === 0)) await this.#readFiles();
    await this.#version();
    await this.#info();
    if (this.#show.databaseCount || this.#show.databaseCountLatest) await this.#databases();
  }

  async #version(): Promise<void> {
    await this.#book.record('version').note(async () => {
      const read = await readVersion(this.#runner, this.#timeoutMs, this.#signal);
      if (!read.ok && read.failure.class !== 'aborted') this.#set({ version: undefined });
      if (read.ok) this.#set({ version: read.value });
      return read.ok ? undefined : read.failure;
    });
  }

  async #info(): Promise<void> {
    const { stanzaInclude = [], stanzaExclude = [], backupType } = this.#options;
    await this.#book.record('info').note(async () => {
      const before = this.#state.info;
      const { settings, config } = this.#state;
      const seen = config === undefined || settings.length === 0 ? [...before.stanzas.keys()] : [];
      const plan = {
        include: stanzaInclude,
        exclude: stanzaExclude,
        backupType,
        expected: [...settings.map(({ name }) => name), ...seen.filter((name) => name !== invalidStanza)],
        timeoutMs: this.#timeoutMs,
      };
      const info = await collectInfo(this.#runner, plan, before, this.#signal);
      if (this.#signal.aborted) return { class: 'aborted', message: '' };
      this.#set({ info });
      this.#book.noteInfo(before, info);
      return info.failure;
    });
  }

  async #databases(): Promise<void> {
    await this.#book.record('databases').note(async () => {
      const all = [...this.#state.info.stanzas.values()].flatMap(({ info }): readonly WantedBackup[] => {
        const last = findLastBackups(info.backups);
        const wanted = this.#show.databaseCount ? info.backups : last === undefined ? [] : Object.values(last);
        return [...new Set(wanted)].map((backup) => ({ stanza: info.name, backup }));
      });
      const limits = {
        parallel: this.#options.databaseParallelProcesses ?? 1,
        timeoutMs: this.#timeoutMs,
        signal: this.#signal,
      };
      const { counts, failure } = await countDatabases(this.#runner, all, this.#state.databases, limits);
      this.#set({ databases: counts });
      return failure;
    });
  }

  /** Troubles not seen before are looked at twice, as backups and expire go on while a repository is listed. */
  async #listRepositories(): Promise<void> {
    if (this.#state.info.statuses.length === 0) return;
    await this.#listOnce();
    const troubles = troublesOf(this.#page.assessed);
    if (troubles !== '' && troubles !== this.#confirmedTroubles && !this.#signal.aborted) {
      await this.#info();
      await this.#listOnce();
    }
    this.#confirmedTroubles = troublesOf(this.#page.assessed);
  }

  async #listOnce(): Promise<void> {
    await this.#askServer();
    await this.#book.record('wal').note(async () => {
      const wal = await collectWal(
        this.#runner,
        {
          stanzas: this.#stanzas(),
          archiver: this.#state.archiver,
          isBackupRunning: (stanza) => this.#isBackupRunning(stanza),
          timeoutMs: this.#timeoutMs,
          signal: this.#signal,
        },
        this.#state.wal,
        this.#histories,
      );
      if (this.#signal.aborted) return { class: 'aborted', message: '' };
      this.#set({ wal });
      return wal.failure;
    });
  }

  async #askServer(): Promise<void> {
    const reader = this.#archiver;
    if (reader === undefined) return;
    await this.#book.record('postgres').note(async (): Promise<BackrestFailure | undefined> => {
      const read = await reader.read(this.#signal);
      // An old word on archiving says nothing about a new listing.
      this.#set({ archiver: read.ok ? read.value : undefined });
      return read.ok ? undefined : read.failure;
    });
  }

  async #verify(): Promise<void> {
    // There is something to verify once info has answered.
    if (this.#state.info.statuses.length === 0) await this.#lane.run(() => Promise.resolve());
    await this.#book.record('verify').note(async () => {
      const timeoutMs = this.#options.verifyTimeoutMs ?? defaults.verifyTimeoutMs;
      const limits = { timeoutMs, signal: this.#signal };
      const { state, failure } = await collectVerify(this.#runner, this.#stanzas(), this.#state.verify, limits);
      if (this.#signal.aborted) return { class: 'aborted', message: '' };
      this.#set({ verify: state });
      return failure;
    });
  }

  async #isBackupRunning({ name, backupLock }: StanzaInfo): Promise<boolean> {
    const settings = this.#state.settings.find((one) => one.name === name);
    if (settings === undefined) return backupLock.isHeld;
    const lock = await readBackupLock(settings.lockPath, name);
    return lock.ok ? lock.value.isHeld : backupLock.isHeld;
  }

  #stanzas(): readonly StanzaInfo[] {
    return [...this.#state.info.stanzas.values()].map(({ info }) => info);
  }

  #tasks(): readonly TaskStanding[] {
    const { files, main, wal, verify } = this.#loops;
    const loops: Partial<Record<TaskName, Loop | undefined>> = {
      config: files,
      local: files,
      schedule: files,
      drill: files,
      wal,
      postgres: wal,
      verify,
    };
    const nowMs = performance.now();
    return this.#book.reports().map((report) => {
      const loop = loops[report.name] ?? main;
      const since = this.#book.runningSinceMs(report.name);
      return { report, intervalMs: loop.intervalMs, runningMs: since === undefined ? undefined : nowMs - since };
    });
  }

  get #signal(): AbortSignal {
    return this.#closing.signal;
  }

  get #timeoutMs(): number {
    return this.#options.timeoutMs ?? defaults.timeoutMs;
  }
}
