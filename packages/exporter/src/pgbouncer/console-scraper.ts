import type { AnyCollector } from '@pgattest/catalog';
import { checkShowCommand, type ResultSet } from '@pgattest/connect';
import { slackFrom } from '../cache.ts';
import type { ServerFacts } from '../facts.ts';
import { failureOf, type Failure } from '../failure.ts';
import { mergeInTurns } from '../instance.ts';
import { plan, unplannedCollectors, type Plan, type PlannedCollector, type PlanPolicy } from '../plan.ts';
import { dropKey, type InstanceReport, type ScrapeReport } from '../scrape-report.ts';
import { deadlineFailure } from '../scrape.ts';
import type { Clock } from '../scraper-api.ts';
import { createSingleFlight, type Patience, type Running, type SingleFlight } from '../single-flight.ts';
import { createAnswerBook, type AnswerBook, type AnswerRules } from './answer-book.ts';
import type { ConsoleKeeper } from './console-keeper.ts';

/** The database whose name `datname` of the self metrics always is. */
const consoleDatabase = 'pgbouncer';
/** Newer than every version there is: what is planned when PgBouncer does not say which it is. */
const newestVersionNum = 990_000;

/** One command as it was last sent. */
export interface CommandState {
  readonly command: string;
  readonly durationMs: number;
  readonly failure: Failure | undefined;
}

/** One PgBouncer to scrape and how. */
export interface ConsoleScraperOptions {
  readonly keeper: ConsoleKeeper;
  readonly collectors: () => readonly AnyCollector[];
  readonly policy: PlanPolicy;
  readonly rules: AnswerRules;
  /** No command gets less time than this. */
  readonly commandTimeoutMs: number;
  readonly isCacheDisabled: boolean;
  readonly clock: Clock;
  /** Asked before a scrape; true when the console to connect to is another one now. */
  readonly hasMoved: () => Promise<boolean>;
  readonly onSettled: (report: InstanceReport) => void;
}

/** Scrapes one PgBouncer; concurrent calls share one run. */
export interface ConsoleScraper {
  scrape(patience: Patience): Promise<InstanceReport | undefined>;
  known(): InstanceReport;
  /** Commands as they were last sent, by name. */
  readonly commands: readonly CommandState[];
  readonly book: AnswerBook;
  /** True while a scrape runs: nobody else needs to ask. */
  readonly isBusy: boolean;
  forget(): void;
  close(): Promise<void>;
}

/** One run; the only thing in here that changes. */
interface Pass {
  readonly beganMs: number;
  readonly beganAtSeconds: number;
  readonly signal: AbortSignal;
  readonly slackMs: number;
  facts: ServerFacts | undefined;
  plan: Plan | undefined;
  failure: Failure | undefined;
  retries: number;
  readonly started: Set<string>;
  readonly finished: Set<string>;
}

/** How often a lost session is replaced within one scrape. */
const mostRetries = 2;

/** Makes the scraper; connects nothing yet. */
export function createConsoleScraper(options: ConsoleScraperOptions): ConsoleScraper {
  return new Scraper(options);
}

class Scraper implements ConsoleScraper {
  readonly book: AnswerBook;
  readonly #options: ConsoleScraperOptions;
  readonly #flights: SingleFlight<InstanceReport>;
  readonly #commands = new Map<string, CommandState>();
  #running = 0;
  #began: readonly number[] = [];
  #dropped: ReadonlyMap<string, number> = new Map();
  #lastFacts: ServerFacts | undefined;
  #lastPlan: Plan | undefined;
  #scrapes = 0;
  #errors = 0;
  #seconds = 0;

  constructor(options: ConsoleScraperOptions) {
    this.#options = options;
    this.book = createAnswerBook(options.rules);
    this.#flights = createSingleFlight((signal) => this.#start(signal));
  }

  get commands(): readonly CommandState[] {
    return [...this.#commands.values()].toSorted((a, b) => (a.command < b.command ? -1 : 1));
  }

  get isBusy(): boolean {
    return this.#running > 0;
  }

  scrape(patience: Patience): Promise<InstanceReport | undefined> {
    return this.#flights.join(patience);
  }

  known(): InstanceReport {
    return this.#instanceReport(this.#report(this.#newPass(new AbortController().signal)), undefined, 0);
  }

  forget(): void {
    this.book.forget();
  }

  async close(): Promise<void> {
    await this.#flights.close();
    await this.#options.keeper.close();
  }

  #newPass(signal: AbortSignal): Pass {
    const { clock } = this.#options;
    return {
      beganMs: clock.monotonic(),
      beganAtSeconds: clock.wall() / 1000,
      signal,
      slackMs: slackFrom(this.#began),
      facts: undefined,
      plan: undefined,
      failure: undefined,
      retries: 0,
      started: new Set(),
      finished: new Set(),
    };
  }

  #start(signal: AbortSignal): Running<InstanceReport> {
    const pass = this.#newPass(signal);
    this.#began = [...this.#began, pass.beganMs].slice(-9);
    this.#scrapes += 1;
    this.#running += 1;
    const done = this.#run(pass).finally(() => {
      this.#running -= 1;
    });
    const soFar = (): InstanceReport => {
      const report = this.#report(pass);
      return this.#instanceReport(report, undefined, report.durationMs);
    };
    return { done, soFar };
  }

  async #run(pass: Pass): Promise<InstanceReport> {
    const { signal } = pass;
    try {
      if (await this.#options.hasMoved()) {
        this.forget();
        await this.#options.keeper.renew();
      }
      await this.#login(pass);
      await this.#runPlan(pass);
    } catch (error) {
      pass.failure = signal.aborted ? deadlineFailure('timeout') : failureOf(error);
    }
    const isOver = signal.aborted && signal.reason !== 'deadline';
    if (!isOver) {
      if (signal.aborted) this.#recordUnfinished(pass);
      this.#errors += this.#report(pass).isUp ? 0 : 1;
      this.#seconds += (this.#options.clock.monotonic() - pass.beganMs) / 1000;
    }
    const main = this.#report(pass);
    if (isOver) return this.#instanceReport(main, undefined, main.durationMs);
    const merged = await mergeInTurns([main]);
    const sums = new Map(this.#dropped);
    for (const { database, origin, count } of merged.conflicts) {
      const key = dropKey(database, origin);
      sums.set(key, (sums.get(key) ?? 0) + count);
    }
    this.#dropped = sums;
    const report = this.#instanceReport(main, merged, main.durationMs);
    this.#options.onSettled(report);
    return report;
  }

  /** Opens a session where there is none, and plans for the version that it said. */
  async #login(pass: Pass): Promise<boolean> {
    const { console, isOld } = await this.#options.keeper.ensure(pass.signal);
    const { versionNum } = console;
    const facts: ServerFacts = {
      versionNum: versionNum ?? newestVersionNum,
      role: 'primary',
      database: consoleDatabase,
      currentUser: '',
      isDiscovered: false,
      inventory: undefined,
    };
    if (this.#lastFacts?.versionNum !== facts.versionNum) this.forget();
    this.#lastFacts = facts;
    pass.facts = facts;
    pass.plan = plan(facts, this.#options.collectors(), this.#options.policy, 'pgbouncer');
    this.#lastPlan = pass.plan;
    return isOld;
  }

  /** Fatal collectors first; each command is sent once and read by every collector that wants it. */
  async #runPlan(pass: Pass): Promise<void> {
    const planned = pass.plan?.planned ?? [];
    const byCommand = new Map<string, PlannedCollector[]>();
    for (const one of planned) {
      if (!this.#hasToRun(pass, one)) continue;
      const command = this.#commandOf(pass, one);
      if (command === undefined) continue;
      byCommand.set(command, [...(byCommand.get(command) ?? []), one]);
    }
    for (const [command, readers] of byCommand) {
      if (pass.signal.aborted || pass.failure !== undefined) return;
      await this.#ask(pass, command, readers);
    }
  }

  /** A collector of a user that asks for anything but SHOW fails alone, and nothing is sent. */
  #commandOf(pass: Pass, one: PlannedCollector): string | undefined {
    try {
      return checkShowCommand(one.variant.sql);
    } catch (error) {
      this.book.fail([one], failureOf(error), { atMs: this.#options.clock.monotonic(), durationMs: 0 });
      pass.finished.add(one.name);
      return undefined;
    }
  }

  #hasToRun(pass: Pass, one: PlannedCollector): boolean {
    const mustRun = this.#options.isCacheDisabled;
    const isFatal = one.collector.fatal === true;
    if (this.book.hasToRun(one, pass.slackMs, this.#options.clock.monotonic(), { mustRun, isFatal })) return true;
    pass.finished.add(one.name);
    return false;
  }

  async #ask(pass: Pass, command: string, readers: readonly PlannedCollector[]): Promise<void> {
    for (const { name } of readers) pass.started.add(name);
    const seconds = Math.max(...readers.map(({ collector }) => collector.timeoutSeconds));
    const timeoutMs = Math.max(
      this.#options.commandTimeoutMs,
      Number.isFinite(seconds) ? seconds * 1000 : this.#options.commandTimeoutMs,
    );
    const beganMs = this.#options.clock.monotonic();
    try {
      const answer = await this.#send(pass, command, timeoutMs);
      const atMs = this.#options.clock.monotonic();
      this.#commands.set(command, { command, durationMs: atMs - beganMs, failure: undefined });
      this.book.read(command, answer, readers, {
        atMs,
        durationMs: atMs - beganMs,
        wallMs: this.#options.clock.wall(),
      });
    } catch (error) {
      if (pass.signal.aborted) return;
      this.#fail(pass, command, readers, failureOf(error), beganMs);
    }
    for (const { name, collector } of readers) {
      pass.finished.add(name);
      const failure = collector.fatal === true ? this.book.failureOf(name) : undefined;
      if (failure !== undefined) pass.failure = failure;
    }
  }

  #fail(pass: Pass, command: string, readers: readonly PlannedCollector[], failure: Failure, beganMs: number): void {
    const atMs = this.#options.clock.monotonic();
    this.#commands.set(command, { command, durationMs: atMs - beganMs, failure });
    this.book.fail(readers, failure, { atMs, durationMs: atMs - beganMs });
    // Without a session nothing else can be asked.
    if (this.#options.keeper.current === undefined && pass.retries >= mostRetries) pass.failure = failure;
  }

  /** A kept session may have died with a restarted PgBouncer: another one decides whether it is there. */
  async #send(pass: Pass, command: string, timeoutMs: number): Promise<ResultSet> {
    const isOld = this.#options.keeper.current === undefined ? await this.#loginAgain(pass) : true;
    const isFirst = pass.finished.size === 0;
    try {
      return await this.#options.keeper.show(command, { signal: pass.signal, timeoutMs });
    } catch (error) {
      const failure = failureOf(error);
      const isLost = failure.class === 'unreachable' || (failure.class === 'timeout' && isFirst);
      if (pass.signal.aborted || !isOld || !isLost || pass.retries >= mostRetries) throw error;
      await this.#loginAgain(pass);
      return this.#options.keeper.show(command, { signal: pass.signal, timeoutMs });
    }
  }

  /** A failure here is one of PgBouncer, not of a command. */
  async #loginAgain(pass: Pass): Promise<boolean> {
    pass.retries += 1;
    try {
      return await this.#login(pass);
    } catch (error) {
      pass.failure = pass.signal.aborted ? deadlineFailure('timeout') : failureOf(error);
      throw error;
    }
  }

  #recordUnfinished(pass: Pass): void {
    const unfinished = (pass.plan?.planned ?? []).filter(
      ({ name }) => pass.started.has(name) && !pass.finished.has(name),
    );
    const atMs = this.#options.clock.monotonic();
    this.book.fail(unfinished, deadlineFailure('timeout'), { atMs, durationMs: atMs - pass.beganMs });
    for (const { name } of unfinished) pass.finished.add(name);
  }

  #report(pass: Pass): ScrapeReport {
    const nowMs = this.#options.clock.monotonic();
    const knownPlan = pass.plan ?? this.#lastPlan;
    const isPending = pass.plan?.planned.some(
      ({ name, collector }) => collector.fatal === true && !pass.finished.has(name),
    );
    const failure = pass.failure ?? (isPending === false ? undefined : deadlineFailure('timeout'));
    const facts = pass.facts ?? this.#lastFacts;
    return {
      database: consoleDatabase,
      isUp: failure === undefined,
      failure,
      facts: facts?.versionNum === newestVersionNum ? undefined : facts,
      areFactsCurrent: pass.facts !== undefined,
      plan: knownPlan,
      collectors: (knownPlan?.planned ?? []).map((one) =>
        this.book.report(one, nowMs, {
          isFinished: pass.finished.has(one.name),
          isStarted: pass.started.has(one.name),
          isServerUp: pass.plan !== undefined && failure === undefined,
        }),
      ),
      unplanned: knownPlan === undefined ? [] : unplannedCollectors(knownPlan),
      totals: { scrapes: this.#scrapes, errors: this.#errors, seconds: this.#seconds },
      durationMs: nowMs - pass.beganMs,
      nowMs,
      beganAtSeconds: pass.beganAtSeconds,
    };
  }

  #instanceReport(main: ScrapeReport, merged: InstanceReport['merged'], durationMs: number): InstanceReport {
    return { main, databases: [], merged, droppedSeries: this.#dropped, durationMs };
  }
}
