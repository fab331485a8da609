import { slackFrom } from './cache.ts';
import { discover, type DiscoveryRules } from './discovery.ts';
import { seriesPerTurn, takeBreath } from './exposition-turns.ts';
import type { ServerFacts } from './facts.ts';
import type { Failure } from './failure.ts';
import { createMerger, type FamilySet, type Merged } from './merge.ts';
import { dropKey, type InstanceReport, type ScrapeReport } from './scrape-report.ts';
import { deadlineFailure } from './scrape.ts';
import type { Clock, DatabaseScraper } from './scraper-api.ts';
import { createSingleFlight, type Patience, type Running, type SingleFlight } from './single-flight.ts';

/** One server to scrape: the given database, and those that are found there. */
export interface InstanceOptions {
  readonly main: DatabaseScraper;
  /** Makes the scraper of a database that was found. */
  readonly discovered: (database: string) => DatabaseScraper;
  /** Undefined = only the given database. */
  readonly discovery: DiscoveryRules | undefined;
  /** Sessions used at once, over all databases. */
  readonly maxSessions: number;
  readonly clock: Clock;
  /** Asked before a scrape; true when the server to connect to is another one now. */
  readonly hasMoved: () => Promise<boolean>;
  readonly onDiscovery: (found: readonly string[], gone: readonly string[]) => void;
  /** Called when a scrape has settled, unless it was aborted because its callers went away. */
  readonly onSettled: (report: InstanceReport) => void;
}

/** Scrapes one server; concurrent calls share one run. */
export interface InstanceScraper {
  /** Undefined when the caller went away; never rejects for a failing server. */
  scrape(patience: Patience): Promise<InstanceReport | undefined>;
  /** What is known without asking. */
  known(): InstanceReport;
  /** Forgets every result, so that the next scrape reads everything anew; counters stay. */
  forget(): void;
  /** Ends running work and closes all sessions. */
  close(): Promise<void>;
}

interface Visited {
  readonly scraper: DatabaseScraper;
  lastMs: number;
  /** A database that refuses us is asked less often. */
  failures: number;
  retryAtMs: number;
  failure: Failure | undefined;
}

/** One run over all databases; the only thing in here that changes. */
interface Run {
  readonly beganMs: number;
  readonly signal: AbortSignal;
  facts: ServerFacts | undefined;
  visits: Promise<unknown>;
  readonly running: Map<Visited, Running<ScrapeReport>>;
  readonly settled: Map<Visited, ScrapeReport>;
  main: Running<ScrapeReport> | undefined;
}

const firstRetryMs = 1000;
const lastRetryMs = 30_000;

/** Makes the scraper of a server; connects nothing yet. */
export function createInstanceScraper(options: InstanceOptions): InstanceScraper {
  return new Instance(options);
}

class Instance implements InstanceScraper {
  readonly #options: InstanceOptions;
  readonly #flights: SingleFlight<InstanceReport>;
  readonly #visited = new Map<string, Visited>();
  readonly #closing = new Set<Promise<void>>();
  #began: readonly number[] = [];
  #dropped: ReadonlyMap<string, number> = new Map();

  constructor(options: InstanceOptions) {
    this.#options = options;
    this.#flights = createSingleFlight((signal) => this.#start(signal));
  }

  scrape(patience: Patience): Promise<InstanceReport | undefined> {
    return this.#flights.join(patience);
  }

  known(): InstanceReport {
    const { main } = this.#options;
    const databases = this.#sorted().map(({ scraper, failure }) => scraper.report(failure));
    return { main: main.report(undefined), databases, merged: undefined, droppedSeries: this.#dropped, durationMs: 0 };
  }

  forget(): void {
    for (const scraper of this.#scrapers()) scraper.forget();
    for (const visited of this.#visited.values()) visited.retryAtMs = 0;
  }

  async close(): Promise<void> {
    await this.#flights.close();
    await Promise.all([...this.#scrapers().map((scraper) => scraper.close()), ...this.#closing]);
  }

  #start(signal: AbortSignal): Running<InstanceReport> {
    const beganMs = this.#options.clock.monotonic();
    this.#began = [...this.#began, beganMs].slice(-9);
    const run: Run = {
      beganMs,
      signal,
      facts: undefined,
      visits: Promise.resolve(),
      running: new Map(),
      settled: new Map(),
      main: undefined,
    };
    return { done: this.#run(run), soFar: () => this.#reportSoFar(run) };
  }

  async #run(run: Run): Promise<InstanceReport> {
    if (await this.#options.hasMoved()) {
      await Promise.all(this.#scrapers().map((scraper) => scraper.renew()));
      this.forget();
    }
    const { maxSessions } = this.#options;
    run.main = this.#options.main.begin({
      signal: run.signal,
      slackMs: slackFrom(this.#began),
      sessions: () => Math.max(1, maxSessions - this.#visited.size),
      onFacts: (facts) => {
        const isFirst = run.facts === undefined;
        run.facts = facts;
        if (!isFirst) return;
        this.#discover(facts);
        run.visits = this.#visitAll(run, facts);
      },
    });
    const main = await run.main.done;
    await run.visits;
    await this.#visitRefused(run);
    const databases = this.#sorted().map((visited) => this.#reportOf(run, visited, main));
    const merged = await mergeInTurns([main, ...databases]);
    if (run.signal.aborted && run.signal.reason !== 'deadline') return this.#reportSoFar(run);
    this.#count(merged);
    const report: InstanceReport = {
      main,
      databases,
      merged,
      droppedSeries: this.#dropped,
      durationMs: this.#options.clock.monotonic() - run.beganMs,
    };
    this.#options.onSettled(report);
    return report;
  }

  /** Follows what the server says; what it could not say (locked catalogue) changes nothing. */
  #discover(facts: ServerFacts): void {
    const { discovery } = this.#options;
    if (discovery === undefined || facts.inventory === undefined) return;
    const wanted = new Set(discover(facts.inventory.databases, facts.database, discovery));
    const gone = [...this.#visited.keys()].filter((name) => !wanted.has(name));
    const found = [...wanted].filter((name) => !this.#visited.has(name));
    for (const name of gone) {
      const closing = this.#visited.get(name)?.scraper.close() ?? Promise.resolve();
      this.#visited.delete(name);
      const ended = closing.finally(() => this.#closing.delete(ended));
      this.#closing.add(ended);
    }
    for (const name of found) {
      const scraper = this.#options.discovered(name);
      this.#visited.set(name, { scraper, lastMs: -Infinity, failures: 0, retryAtMs: 0, failure: undefined });
    }
    if (found.length + gone.length > 0) this.#options.onDiscovery(found, gone);
  }

  /** Those that waited longest first, so that a short deadline does not always cost the same ones. */
  async #visitAll(run: Run, server: ServerFacts): Promise<void> {
    const nowMs = this.#options.clock.monotonic();
    const queue = this.#sorted()
      .filter(({ retryAtMs }) => retryAtMs <= nowMs)
      .toSorted((a, b) => a.lastMs - b.lastMs);
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined && !run.signal.aborted; next = queue.shift()) {
        await this.#visit(run, next, server);
      }
    };
    const workers = Math.min(queue.length, Math.max(1, this.#options.maxSessions - 1));
    await Promise.all(Array.from({ length: workers }, worker));
  }

  /** A role with few connections to spare gets one database after the other, when nothing else needs a session. */
  async #visitRefused(run: Run): Promise<void> {
    const refused = [...run.settled].filter(([, { failure }]) => failure?.class === 'too_many_connections');
    const isOver = (): boolean => run.signal.aborted;
    if (refused.length === 0 || run.facts === undefined || isOver()) return;
    await this.#options.main.renew();
    for (const [visited] of refused) {
      if (isOver()) return;
      await visited.scraper.renew();
      await this.#visit(run, visited, run.facts);
      await visited.scraper.renew();
    }
  }

  async #visit(run: Run, visited: Visited, server: ServerFacts): Promise<void> {
    const visit = visited.scraper.begin({
      signal: run.signal,
      slackMs: slackFrom(this.#began),
      sessions: () => 1,
      server: run.facts ?? server,
    });
    run.running.set(visited, visit);
    const report = await visit.done;
    const { failure } = report;
    run.settled.set(visited, report);
    const nowMs = this.#options.clock.monotonic();
    visited.lastMs = nowMs;
    // What ran out of the time of the scrape is no reason to stay away.
    visited.failure = failure;
    visited.failures = failure === undefined || run.signal.aborted ? 0 : visited.failures + 1;
    const waitMs = Math.min(lastRetryMs, firstRetryMs * 2 ** Math.min(visited.failures - 1, 10));
    visited.retryAtMs = visited.failures === 0 ? 0 : nowMs + waitMs;
  }

  #reportSoFar(run: Run): InstanceReport {
    const main = run.main?.soFar() ?? this.#options.main.report(deadlineFailure('timeout'));
    const databases = this.#sorted().map((visited) => this.#reportOf(run, visited, main));
    return {
      main,
      databases,
      merged: undefined,
      droppedSeries: this.#dropped,
      durationMs: this.#options.clock.monotonic() - run.beganMs,
    };
  }

  #reportOf(run: Run, visited: Visited, main: ScrapeReport): ScrapeReport {
    const visit = run.settled.get(visited) ?? run.running.get(visited)?.soFar();
    if (visit !== undefined) return visit;
    const { scraper, failure } = visited;
    // Not visited: because nothing could be asked at all, because it failed a moment ago, or for lack of time.
    return scraper.report((main.areFactsCurrent ? failure : main.failure) ?? deadlineFailure('not_run'));
  }

  #count({ conflicts }: Merged): void {
    if (conflicts.length === 0) return;
    const sums = new Map(this.#dropped);
    for (const { database, origin, count } of conflicts) {
      const key = dropKey(database, origin);
      sums.set(key, (sums.get(key) ?? 0) + count);
    }
    this.#dropped = sums;
  }

  #sorted(): readonly Visited[] {
    return [...this.#visited.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, visited]) => visited);
  }

  #scrapers(): readonly DatabaseScraper[] {
    return [this.#options.main, ...[...this.#visited.values()].map(({ scraper }) => scraper)];
  }
}

/** Joins what all databases show; lets others run in between when there is much. */
export async function mergeInTurns(reports: readonly ScrapeReport[]): Promise<Merged> {
  const merger = createMerger();
  let series = 0;
  for (const set of reports.flatMap(setsOf)) {
    for (const handled of merger.add(set)) {
      series += handled;
      if (series < seriesPerTurn) continue;
      series = 0;
      await takeBreath();
    }
  }
  return merger.result();
}

function setsOf({ database, collectors }: ScrapeReport): readonly FamilySet[] {
  return collectors.flatMap(({ id, shown }) =>
    shown === undefined ? [] : [{ database, origin: id, families: shown.families }],
  );
}
