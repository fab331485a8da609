import type { AnyCollector } from '@pgattest/catalog';
import type { PgPool } from '@pgattest/connect';
import {
  afterFailure,
  afterReplay,
  afterSuccess,
  decide,
  newRecord,
  slackFrom,
  staleResult,
  type CollectorRecord,
} from './cache.ts';
import { factsKey, type Inventory, type ServerFacts } from './facts.ts';
import { failureOf, isRoleChange, isSessionLoss, type Failure } from './failure.ts';
import { merge, type Conflict } from './merge.ts';
import { plan, unplannedCollectors, type Plan, type PlannedCollector, type PlanPolicy } from './plan.ts';
import { runCollectors, type Outcome } from './run-collectors.ts';
import type { CollectorReport, ScrapeReport, ServerTotals } from './scrape-report.ts';
import { readIdentity, readInventory, type ServerIdentity } from './server-facts.ts';
import { createSingleFlight, type Patience, type Running, type SingleFlight } from './single-flight.ts';

/** Both clocks a scrape needs, in milliseconds. */
export interface Clock {
  /** Never goes back; ages and durations. */
  readonly monotonic: () => number;
  /** Since 1970; only for metrics that say when. */
  readonly wall: () => number;
}

/** One server to scrape and how. */
export interface ScraperOptions {
  readonly pool: PgPool;
  readonly collectors: readonly AnyCollector[];
  readonly policy: PlanPolicy;
  /** Sessions used at once; the pool must allow as many. */
  readonly maxSessions: number;
  /** Deadline of each statement that reads facts. */
  readonly factsTimeoutMs: number;
  /** No collector gets less time than this, whatever the catalogue says. */
  readonly minimumBudgetMs: number;
  readonly isCacheDisabled: boolean;
  readonly clock: Clock;
  /** Called when a scrape has settled, unless it was aborted because its callers went away. */
  readonly onSettled: (report: ScrapeReport) => void;
}

/** Scrapes one server; concurrent calls share one run. */
export interface Scraper {
  /** Undefined when the caller went away; never rejects for a failing server. */
  scrape(patience: Patience): Promise<ScrapeReport | undefined>;
  /** Facts and plan of the last scrape that could read them. */
  explain(): { readonly facts: ServerFacts; readonly plan: Plan } | undefined;
  /** Forgets every result, so that the next scrape reads everything anew; counters stay. */
  forget(): void;
  /** Ends running work and closes all sessions. */
  close(): Promise<void>;
}

/** What one run has done so far; the only thing in here that changes. */
interface Pass {
  readonly beganMs: number;
  readonly beganAtSeconds: number;
  facts: ServerFacts | undefined;
  plan: Plan | undefined;
  failure: Failure | undefined;
  /** A collector was refused because recovery began or ended. */
  sawRoleChange: boolean;
  readonly started: Set<string>;
  readonly finished: Set<string>;
}

/** The scrape engine of architecture §4.1 for one server. */
export function createScraper(options: ScraperOptions): Scraper {
  return new PgScraper(options);
}

class PgScraper implements Scraper {
  readonly #options: ScraperOptions;
  readonly #flights: SingleFlight<ScrapeReport>;
  readonly #records = new Map<string, CollectorRecord>();
  #lastFacts: ServerFacts | undefined;
  #lastPlan: Plan | undefined;
  #began: readonly number[] = [];
  #scrapes = 0;
  #errors = 0;
  #seconds = 0;
  #dropped: Readonly<Record<string, number>> = {};

  constructor(options: ScraperOptions) {
    this.#options = options;
    this.#flights = createSingleFlight((signal) => this.#start(signal));
  }

  scrape(patience: Patience): Promise<ScrapeReport | undefined> {
    return this.#flights.join(patience);
  }

  explain(): { readonly facts: ServerFacts; readonly plan: Plan } | undefined {
    if (this.#lastFacts === undefined || this.#lastPlan === undefined) return undefined;
    return { facts: this.#lastFacts, plan: this.#lastPlan };
  }

  /** Also when the server turns into another one: results of before are then worth nothing. */
  forget(): void {
    for (const [id, record] of this.#records) this.#records.set(id, { ...record, good: undefined, failed: undefined });
  }

  async close(): Promise<void> {
    await this.#flights.close();
    await this.#options.pool.close();
  }

  #start(signal: AbortSignal): Running<ScrapeReport> {
    const beganMs = this.#options.clock.monotonic();
    this.#began = [...this.#began, beganMs].slice(-9);
    this.#scrapes += 1;
    const pass: Pass = {
      beganMs,
      beganAtSeconds: this.#options.clock.wall() / 1000,
      facts: undefined,
      plan: undefined,
      failure: undefined,
      sawRoleChange: false,
      started: new Set(),
      finished: new Set(),
    };
    return { done: this.#run(pass, signal), soFar: () => this.#report(pass) };
  }

  async #run(pass: Pass, signal: AbortSignal): Promise<ScrapeReport> {
    try {
      await this.#readFacts(pass, signal);
      await this.#runPlan(pass, signal);
      if (pass.sawRoleChange && !signal.aborted) await this.#runAgain(pass, signal);
    } catch (error) {
      pass.failure = signal.aborted ? deadlineFailure('timeout') : failureOf(error);
    }
    // A run that nobody waits for says nothing about the server.
    if (signal.aborted && signal.reason !== 'deadline') return this.#report(pass);
    if (signal.aborted) this.#recordUnfinished(pass);
    const report = this.#report(pass);
    if (!report.isUp) this.#errors += 1;
    this.#seconds += report.durationMs / 1000;
    this.#dropped = addConflicts(this.#dropped, report.conflicts);
    const settled = { ...report, totals: this.#totals(), droppedSeries: this.#dropped };
    this.#options.onSettled(settled);
    return settled;
  }

  /** The server changed its role after we asked for it: ask again, and if it did change, plan and run once more. */
  async #runAgain(pass: Pass, signal: AbortSignal): Promise<void> {
    const before = pass.facts;
    await this.#readFacts(pass, signal);
    if (before === undefined || pass.facts === undefined || factsKey(before) === factsKey(pass.facts)) return;
    pass.failure = undefined;
    pass.started.clear();
    pass.finished.clear();
    await this.#runPlan(pass, signal);
  }

  async #readFacts(pass: Pass, signal: AbortSignal): Promise<void> {
    const attempt = (): Promise<ServerFacts> =>
      this.#options.pool.use(signal, async (session) => {
        const within = { signal, timeoutMs: this.#options.factsTimeoutMs };
        const identity = await readIdentity(session, false, within);
        const inventory = await readInventory(session, within).catch((error: unknown) =>
          // Locked or slow catalogues say nothing about the server; what they said before still stands.
          isSessionLoss(failureOf(error)) ? Promise.reject(error) : this.#inventoryOf(identity),
        );
        return { ...identity, inventory };
      });
    // A pooled session may have died with a restarted server; a fresh one decides whether the server is there.
    const facts = await attempt().catch((error: unknown) =>
      !signal.aborted && isSessionLoss(failureOf(error)) ? attempt() : Promise.reject(error),
    );
    if (this.#lastFacts !== undefined && factsKey(this.#lastFacts) !== factsKey(facts)) this.forget();
    pass.facts = facts;
    this.#lastFacts = facts;
    pass.plan = plan(facts, this.#options.collectors, this.#options.policy);
    this.#lastPlan = pass.plan;
  }

  #inventoryOf(identity: ServerIdentity): Inventory | undefined {
    return this.#lastFacts?.database === identity.database ? this.#lastFacts.inventory : undefined;
  }

  async #runPlan(pass: Pass, signal: AbortSignal): Promise<void> {
    const planned = pass.plan?.planned ?? [];
    await this.#runBatch(pass, planned.filter(isFatal), 1, signal);
    if (pass.failure !== undefined || signal.aborted) return;
    const rest = planned.filter((one) => !isFatal(one));
    await this.#runBatch(pass, rest, this.#options.maxSessions, signal);
  }

  async #runBatch(
    pass: Pass,
    planned: readonly PlannedCollector[],
    sessions: number,
    signal: AbortSignal,
  ): Promise<void> {
    const work = planned.filter((one) => this.#hasToRun(pass, one));
    await runCollectors({
      pool: this.#options.pool,
      work,
      sessions,
      signal,
      budgetMs: ({ collector }) => Math.max(this.#options.minimumBudgetMs, collector.timeoutSeconds * 1000),
      started: ({ collector }) => pass.started.add(collector.id),
      // What an aborted run was doing is recorded with the reason of the abort, not with its symptom.
      finished: (one, outcome) => {
        if (outcome.ok || !signal.aborted) this.#remember(pass, one, outcome);
      },
      goOn: ({ collector }) => collector.fatal !== true,
    });
  }

  #hasToRun(pass: Pass, { collector }: PlannedCollector): boolean {
    const record = this.#recordOf(collector.id);
    const nowMs = this.#options.clock.monotonic();
    const decision = decide(record, collector.cacheSeconds * 1000, slackFrom(this.#began), nowMs);
    // A fatal collector decides about pg_up, which must not repeat an old failure.
    const mustRun = this.#options.isCacheDisabled || (collector.fatal === true && decision === 'wait');
    if (decision === 'run' || mustRun) return true;
    this.#records.set(collector.id, afterReplay(record, decision));
    pass.finished.add(collector.id);
    return false;
  }

  #remember(pass: Pass, { collector }: PlannedCollector, outcome: Outcome): void {
    const record = this.#recordOf(collector.id);
    const atMs = this.#options.clock.monotonic();
    const { durationMs } = outcome;
    pass.finished.add(collector.id);
    if (outcome.ok) {
      this.#records.set(collector.id, afterSuccess(record, { atMs, ...outcome.conversion }, durationMs));
      return;
    }
    const ttlMs = collector.cacheSeconds * 1000;
    this.#records.set(collector.id, afterFailure(record, outcome.failure, { atMs, ttlMs, durationMs }));
    if (isRoleChange(outcome.failure)) pass.sawRoleChange = true;
    if (collector.fatal === true) pass.failure = outcome.failure;
  }

  /** The deadline is a failure of what was running then. */
  #recordUnfinished(pass: Pass): void {
    for (const planned of pass.plan?.planned ?? []) {
      const { id } = planned.collector;
      if (pass.finished.has(id) || !pass.started.has(id)) continue;
      const durationMs = this.#options.clock.monotonic() - pass.beganMs;
      this.#remember(pass, planned, { ok: false, failure: deadlineFailure('timeout'), durationMs });
    }
  }

  #recordOf(id: string): CollectorRecord {
    return this.#records.get(id) ?? newRecord;
  }

  #totals(): ServerTotals {
    return { scrapes: this.#scrapes, errors: this.#errors, seconds: this.#seconds };
  }

  #report(pass: Pass): ScrapeReport {
    const nowMs = this.#options.clock.monotonic();
    const fatalPending = pass.plan?.planned.some(
      ({ collector }) => collector.fatal === true && !pass.finished.has(collector.id),
    );
    const failure = pass.failure ?? (fatalPending === false ? undefined : deadlineFailure('timeout'));
    const collectors = (pass.plan ?? this.#lastPlan)?.planned.map((one) => this.#collectorReport(pass, one, failure));
    const sets = (collectors ?? []).map(({ id, shown: good }) => ({ origin: id, families: good?.families ?? [] }));
    const knownPlan = pass.plan ?? this.#lastPlan;
    return {
      isUp: failure === undefined,
      failure,
      facts: pass.facts ?? this.#lastFacts,
      areFactsCurrent: pass.facts !== undefined,
      collectors: collectors ?? [],
      unplanned: knownPlan === undefined ? [] : unplannedCollectors(knownPlan),
      ...merge(sets),
      totals: this.#totals(),
      droppedSeries: this.#dropped,
      durationMs: nowMs - pass.beganMs,
      nowMs,
      beganAtSeconds: pass.beganAtSeconds,
    };
  }

  #collectorReport(pass: Pass, { collector }: PlannedCollector, serverFailure: Failure | undefined): CollectorReport {
    const { id } = collector;
    const ttlMs = collector.cacheSeconds * 1000;
    const record = this.#recordOf(id);
    const base = { id, ttlMs, record };
    const isFinished = pass.finished.has(id);
    const wasAsked = isFinished || (pass.plan !== undefined && serverFailure === undefined);
    if (!wasAsked) return { ...base, wasAsked, shown: undefined, isStale: false, failure: undefined };
    const failure = isFinished ? record.failed?.failure : deadlineFailure(pass.started.has(id) ? 'timeout' : 'not_run');
    const nowMs = this.#options.clock.monotonic();
    const lastGood = failure === undefined ? record.good : staleResult(record, ttlMs, nowMs);
    return { ...base, wasAsked, shown: lastGood, isStale: failure !== undefined && lastGood !== undefined, failure };
  }
}

function isFatal({ collector }: PlannedCollector): boolean {
  return collector.fatal === true;
}

function deadlineFailure(failureClass: 'timeout' | 'not_run'): Failure {
  return { class: failureClass, message: 'scrape deadline passed', sqlState: undefined };
}

function addConflicts(
  known: Readonly<Record<string, number>>,
  conflicts: readonly Conflict[],
): Readonly<Record<string, number>> {
  const sums = { ...known };
  for (const { origin, count } of conflicts) sums[origin] = (sums[origin] ?? 0) + count;
  return sums;
}
