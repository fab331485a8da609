import {
  afterFailure,
  afterReplay,
  afterSuccess,
  decide,
  newRecord,
  staleResult,
  type CollectorRecord,
} from './cache.ts';
import { factsKey, type Inventory, type ServerFacts } from './facts.ts';
import { failureOf, isRoleChange, isSessionLoss, type Failure } from './failure.ts';
import { rememberLayouts } from './layout.ts';
import { plan, unplannedCollectors, type Plan, type PlannedCollector } from './plan.ts';
import type { PredicateMemory } from './predicates.ts';
import { runCollectors, type Outcome } from './run-collectors.ts';
import type { ConversionRules } from './rows.ts';
import type { CollectorReport, ScrapeReport, ServerTotals } from './scrape-report.ts';
import { readIdentity, readInventory, type ServerIdentity } from './server-facts.ts';
import type { DatabaseScraper, ScraperOptions, VisitOptions } from './scraper-api.ts';
import type { Running } from './single-flight.ts';
import { TopRows } from './top-rows.ts';

/** What one run has done so far; the only thing in here that changes. */
interface Pass {
  readonly options: VisitOptions;
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

/** The scrape engine of architecture §4.1 for one database. */
export function createDatabaseScraper(options: ScraperOptions): DatabaseScraper {
  return new PgScraper(options);
}

class PgScraper implements DatabaseScraper {
  readonly #options: ScraperOptions;
  readonly #rules: ConversionRules;
  readonly #records = new Map<string, CollectorRecord>();
  readonly #answers = new Map<string, { readonly atMs: number; readonly isTrue: boolean }>();
  readonly #predicates: PredicateMemory = {
    find: (key) => this.#answers.get(key),
    remember: (key, answer) => this.#answers.set(key, answer),
  };
  readonly #top = new TopRows();
  #lastFacts: ServerFacts | undefined;
  #lastPlan: Plan | undefined;
  #lastFailure: Failure | undefined;
  #scrapes = 0;
  #errors = 0;
  #seconds = 0;

  constructor(options: ScraperOptions) {
    this.#options = options;
    this.#rules = { ...options.rules, findLayout: rememberLayouts() };
  }

  get database(): string {
    return this.#lastFacts?.database ?? this.#options.database;
  }

  begin(options: VisitOptions): Running<ScrapeReport> {
    const pass = this.#newPass(options);
    this.#scrapes += 1;
    return { done: this.#run(pass, options.signal), soFar: () => this.#report(pass) };
  }

  report(failure: Failure | undefined): ScrapeReport {
    const pass = this.#newPass({ signal: new AbortController().signal, sessions: () => 0, slackMs: 0 });
    pass.failure = failure;
    return this.#report(pass);
  }

  /** Also when the server turns into another one: results of before are then worth nothing. */
  forget(): void {
    this.#answers.clear();
    this.#top.forget();
    for (const [id, record] of this.#records) this.#records.set(id, { ...record, good: undefined, failed: undefined });
  }

  renew(): Promise<void> {
    return this.#options.pool.renew();
  }

  async close(): Promise<void> {
    await this.#options.pool.close();
  }

  #newPass(options: VisitOptions): Pass {
    return {
      options,
      beganMs: this.#options.clock.monotonic(),
      beganAtSeconds: this.#options.clock.wall() / 1000,
      facts: undefined,
      plan: undefined,
      failure: undefined,
      sawRoleChange: false,
      started: new Set(),
      finished: new Set(),
    };
  }

  async #run(pass: Pass, signal: AbortSignal): Promise<ScrapeReport> {
    try {
      if (this.#hasNothingToRun(pass)) {
        pass.facts = this.#lastFacts;
        pass.plan = this.#lastPlan;
      } else {
        await this.#readFacts(pass, signal);
      }
      await this.#runPlan(pass, signal);
      if (pass.sawRoleChange && !signal.aborted) await this.#runAgain(pass, signal);
    } catch (error) {
      pass.failure = signal.aborted ? deadlineFailure('timeout') : failureOf(error);
    }
    // A run that nobody waits for says nothing about the server.
    if (signal.aborted && signal.reason !== 'deadline') return this.#report(pass);
    if (signal.aborted) this.#recordUnfinished(pass);
    const report = this.#report(pass);
    this.#lastFailure = report.failure;
    if (!report.isUp) this.#errors += 1;
    this.#seconds += report.durationMs / 1000;
    return { ...report, totals: this.#totals() };
  }

  /** True when every result is fresh and the server is still the one it was: no session is opened for nothing. */
  #hasNothingToRun({ options: { server, slackMs } }: Pass): boolean {
    const facts = this.#lastFacts;
    if (facts === undefined || server === undefined || this.#options.isCacheDisabled) return false;
    if (this.#lastFailure !== undefined || facts.role !== server.role || facts.versionNum !== server.versionNum) {
      return false;
    }
    const nowMs = this.#options.clock.monotonic();
    return (this.#lastPlan?.planned ?? []).every(
      ({ name, collector: { cacheSeconds } }) =>
        decide(this.#recordOf(name), cacheSeconds * 1000, slackMs, nowMs) !== 'run',
    );
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
        const identity = await readIdentity(session, this.#options.isDiscovered, within);
        const inventory = await readInventory(session, within).catch((error: unknown) =>
          // Locked or slow catalogues say nothing about the server; what they said before still stands.
          isSessionLoss(failureOf(error)) ? Promise.reject(error) : this.#inventoryOf(identity),
        );
        return { ...identity, inventory };
      });
    // A pooled session may have died with a restarted server, and a busy one may be slow for once: a second attempt
    // decides whether the server is there. Of another database it would only take the time of the rest.
    const deservesAnother = (failure: Failure): boolean =>
      isSessionLoss(failure) || (failure.class === 'timeout' && !this.#options.isDiscovered);
    const facts = await attempt().catch((error: unknown) =>
      !signal.aborted && deservesAnother(failureOf(error)) ? attempt() : Promise.reject(error),
    );
    if (this.#lastFacts !== undefined && factsKey(this.#lastFacts) !== factsKey(facts)) this.forget();
    pass.facts = facts;
    this.#lastFacts = facts;
    pass.plan = plan(facts, this.#options.collectors(), this.#options.policy);
    this.#lastPlan = pass.plan;
    pass.options.onFacts?.(facts);
  }

  #inventoryOf(identity: ServerIdentity): Inventory | undefined {
    return this.#lastFacts?.database === identity.database ? this.#lastFacts.inventory : undefined;
  }

  async #runPlan(pass: Pass, signal: AbortSignal): Promise<void> {
    const planned = pass.plan?.planned ?? [];
    await this.#runBatch(pass, planned.filter(isFatal), 1, signal);
    if (pass.failure !== undefined || signal.aborted) return;
    const rest = planned.filter((one) => !isFatal(one));
    await this.#runBatch(pass, rest, pass.options.sessions(), signal);
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
      predicates: this.#predicates,
      rules: this.#rules,
      top: this.#top,
      budgetMs: ({ collector }) =>
        Math.min(
          this.#options.maximumBudgetMs,
          Math.max(this.#options.minimumBudgetMs, collector.timeoutSeconds * 1000),
        ),
      started: ({ name }) => pass.started.add(name),
      // What an aborted run was doing is recorded with the reason of the abort, not with its symptom.
      finished: (one, outcome) => {
        if (outcome.ok || !signal.aborted) this.#remember(pass, one, outcome);
      },
      goOn: ({ collector }) => collector.fatal !== true,
    });
  }

  #hasToRun(pass: Pass, { name, collector }: PlannedCollector): boolean {
    const record = this.#recordOf(name);
    const nowMs = this.#options.clock.monotonic();
    const decision = decide(record, collector.cacheSeconds * 1000, pass.options.slackMs, nowMs);
    // A fatal collector decides about pg_up, which must not repeat an old failure.
    const mustRun = this.#options.isCacheDisabled || (collector.fatal === true && decision === 'wait');
    if (decision === 'run' || mustRun) return true;
    this.#records.set(name, afterReplay(record, decision));
    pass.finished.add(name);
    return false;
  }

  #remember(pass: Pass, { name, collector }: PlannedCollector, outcome: Outcome): void {
    const record = this.#recordOf(name);
    const atMs = this.#options.clock.monotonic();
    const { durationMs } = outcome;
    pass.finished.add(name);
    if (outcome.ok) {
      const { conversion, skippedBy } = outcome;
      const good = { atMs, ...conversion, ...(skippedBy === undefined ? {} : { skippedBy }) };
      this.#records.set(name, afterSuccess(record, good, durationMs));
      return;
    }
    const ttlMs = collector.cacheSeconds * 1000;
    this.#records.set(name, afterFailure(record, outcome.failure, { atMs, ttlMs, durationMs }));
    if (isRoleChange(outcome.failure)) pass.sawRoleChange = true;
    if (collector.fatal === true) pass.failure = outcome.failure;
  }

  /** The deadline is a failure of what was running then. */
  #recordUnfinished(pass: Pass): void {
    for (const planned of pass.plan?.planned ?? []) {
      const { name } = planned;
      if (pass.finished.has(name) || !pass.started.has(name)) continue;
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
      ({ name, collector }) => collector.fatal === true && !pass.finished.has(name),
    );
    const failure = pass.failure ?? (fatalPending === false ? undefined : deadlineFailure('timeout'));
    const collectors = (pass.plan ?? this.#lastPlan)?.planned.map((one) => this.#collectorReport(pass, one, failure));
    const knownPlan = pass.plan ?? this.#lastPlan;
    return {
      database: this.database,
      isUp: failure === undefined,
      failure,
      facts: pass.facts ?? this.#lastFacts,
      areFactsCurrent: pass.facts !== undefined,
      plan: knownPlan,
      collectors: collectors ?? [],
      unplanned: knownPlan === undefined ? [] : unplannedCollectors(knownPlan),
      totals: this.#totals(),
      durationMs: nowMs - pass.beganMs,
      nowMs,
      beganAtSeconds: pass.beganAtSeconds,
    };
  }

  #collectorReport(
    pass: Pass,
    { name: id, collector, variant }: PlannedCollector,
    serverFailure: Failure | undefined,
  ): CollectorReport {
    const ttlMs = collector.cacheSeconds * 1000;
    const record = this.#recordOf(id);
    const hasPredicates = (collector.predicates ?? []).length > 0;
    const base = { id, branch: variant.branch, ttlMs, hasPredicates, record };
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

/** What could not be done in the time of the scrape. */
export function deadlineFailure(failureClass: 'timeout' | 'not_run'): Failure {
  return { class: failureClass, message: 'scrape deadline passed', sqlState: undefined };
}
