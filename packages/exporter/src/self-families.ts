import { exporterSelfMetrics as names, tlsEndpointMetrics, type MetricRef } from '@pgattest/catalog';
import type { Family, Sample } from '@pgattest/runtime';
import type { Failure } from './failure.ts';
import { tlsFamilies, type TlsState } from './tls-families.ts';
import { dropKey, type CollectorReport, type InstanceReport, type ScrapeReport } from './scrape-report.ts';

/** What the self metrics say besides the scrape itself. */
export interface SelfContext {
  /** First word of every name; `pg` unless configured. */
  readonly namespace: string;
  /** Labels of the build info, by name. */
  readonly build: Readonly<Record<string, string>>;
  readonly uptimeSeconds: number;
  /** Time the caller of this scrape could wait. */
  readonly budgetSeconds: number;
  /** The certificate of the server; absent where nobody looks, as for a probed target. */
  readonly tls?: TlsState;
}

/**
 * The exporter's own families for one scrape. What is not known is left out: before the first contact there is no
 * `pg_version` and no `pg_in_recovery` (a 0 would claim a primary), and while the server is down the collectors keep
 * their counters but say neither that they work nor that they fail.
 */
export function selfFamilies(instance: InstanceReport, context: SelfContext): readonly Family[] {
  const { main } = instance;
  const { facts, totals } = main;
  const families: readonly Family[] = [
    single(names.pgUp, main.isUp ? 1 : 0),
    family(names.pgVersion, facts === undefined ? [] : [{ labels: [], value: facts.versionNum }]),
    family(names.pgInRecovery, facts === undefined ? [] : [{ labels: [], value: facts.role === 'replica' ? 1 : 0 }]),
    single(names.pgRoleKnown, main.areFactsCurrent ? 1 : 0),
    family(names.pgExporterBuildInfo, [
      { labels: names.pgExporterBuildInfo.labels.map((label) => context.build[label] ?? ''), value: 1 },
    ]),
    single(names.pgExporterUp, 1),
    single(names.pgExporterUptime, context.uptimeSeconds),
    single(names.pgExporterLastScrapeTime, main.beganAtSeconds),
    single(names.pgExporterScrapeDuration, instance.durationMs / 1000),
    single(names.pgExporterScrapeBudgetSeconds, context.budgetSeconds),
    single(names.pgExporterScrapeTotalCount, totals.scrapes),
    single(names.pgExporterScrapeErrorCount, totals.errors),
    ...(context.tls === undefined ? [] : tlsFamilies(context.tls)),
    ...databaseFamilies(instance),
  ];
  const present = families.filter(({ samples }) => samples.length > 0);
  return present.map((one) => ({ ...one, name: inNamespace(one.name, context.namespace) }));
}

/** Every name that selfFamilies may give. */
export function selfMetricNames(namespace: string): ReadonlySet<string> {
  return new Set(
    [...Object.values(names), ...Object.values(tlsEndpointMetrics)].map(({ name }) => inNamespace(name, namespace)),
  );
}

function inNamespace(name: string, namespace: string): string {
  return namespace === 'pg' ? name : name.replace(/^pg_/, `${namespace}_`);
}

function wasAsked(one: CollectorReport): boolean {
  return one.wasAsked;
}

/** What is said of every database and of every collector in it. */
function databaseFamilies({ main, databases, droppedSeries }: InstanceReport): readonly Family[] {
  const all = [main, ...databases];
  // One tuple for all metrics of a collector, so that it is written once.
  const rows = all.flatMap((database) =>
    database.collectors.map((one) => ({ database, one, labels: [database.database, one.id] })),
  );
  const perDatabase = (ref: MetricRef, value: (one: ScrapeReport) => number): Family =>
    family(
      ref,
      all.map((one) => ({ labels: [one.database], value: value(one) })),
    );
  const perQuery = (
    ref: MetricRef,
    value: (one: CollectorReport, database: ScrapeReport) => number | undefined,
    which: (one: CollectorReport) => boolean = () => true,
  ): Family => {
    const samples: Sample[] = [];
    for (const { database, one, labels } of rows) {
      const known = which(one) ? value(one, database) : undefined;
      if (known !== undefined) samples.push({ labels, value: known });
    }
    return family(ref, samples);
  };
  return [
    perDatabase(names.pgExporterServerUp, ({ isUp }) => (isUp ? 1 : 0)),
    family(
      names.pgExporterServerLastErrorInfo,
      all.flatMap(({ database, failure }) => errorSample([database], failure)),
    ),
    perDatabase(names.pgExporterServerScrapeDuration, ({ durationMs }) => durationMs / 1000),
    perDatabase(names.pgExporterServerScrapeTotalSeconds, ({ totals }) => totals.seconds),
    perDatabase(names.pgExporterServerScrapeTotalCount, ({ totals }) => totals.scrapes),
    perDatabase(names.pgExporterServerScrapeErrorCount, ({ totals }) => totals.errors),
    family(names.pgExporterPlanSkippedQueries, all.flatMap(skippedSamples)),
    perQuery(names.pgExporterQueryUp, ({ failure }) => (failure === undefined ? 1 : 0), wasAsked),
    family(
      names.pgExporterQueryLastErrorInfo,
      all.flatMap(({ database, collectors }) =>
        collectors.filter(wasAsked).flatMap(({ id, failure }) => errorSample([database, id], failure)),
      ),
    ),
    perQuery(names.pgExporterQueryStale, ({ isStale }) => (isStale ? 1 : 0), wasAsked),
    perQuery(
      names.pgExporterQueryAgeSeconds,
      ({ shown }, { nowMs }) => (shown === undefined ? undefined : Math.max(0, nowMs - shown.atMs) / 1000),
      wasAsked,
    ),
    perQuery(
      names.pgExporterQueryUnreadableValues,
      ({ shown }) => (shown === undefined ? undefined : sum(Object.values(shown.unreadable))),
      wasAsked,
    ),
    perQuery(
      names.pgExporterQueryMissingColumns,
      ({ shown }) => (shown === undefined ? undefined : shown.missing.length),
      wasAsked,
    ),
    perQuery(names.pgExporterQueryCutSeries, ({ shown }) => (shown === undefined ? undefined : shown.cut), wasAsked),
    perQuery(names.pgExporterQueryTopEnteredTotal, ({ record }) => record.good?.top?.entered),
    perQuery(names.pgExporterQueryTopLeftTotal, ({ record }) => record.good?.top?.left),
    perQuery(names.pgExporterQueryTopHiddenRows, ({ shown }) => shown?.top?.hidden, wasAsked),
    perQuery(
      names.pgExporterQueryDroppedSeriesTotal,
      ({ id }, { database }) => droppedSeries.get(dropKey(database, id)) ?? 0,
    ),
    perQuery(names.pgExporterQueryCacheTtl, (one, { nowMs }) => remainingSeconds(one, nowMs)),
    perQuery(names.pgExporterQueryScrapeTotalCount, ({ record }) => record.total),
    perQuery(names.pgExporterQueryScrapeErrorCount, ({ record }) => record.errors),
    perQuery(names.pgExporterQueryScrapeDuration, ({ record }) => record.durationMs / 1000),
    perQuery(names.pgExporterQueryScrapeMetricCount, ({ shown }) => shown?.samples ?? 0),
    perQuery(names.pgExporterQueryScrapeHitCount, ({ record }) => record.hits),
    perQuery(
      names.pgExporterQueryScrapePredicateSkipCount,
      ({ record }) => record.skips,
      ({ hasPredicates }) => hasPredicates,
    ),
  ];
}

function family(ref: MetricRef, samples: readonly Sample[]): Family {
  return { name: ref.name, kind: ref.kind, help: ref.help, labelNames: ref.labels, samples };
}

function single(ref: MetricRef, value: number): Family {
  return family(ref, [{ labels: [], value }]);
}

function errorSample(labels: readonly string[], failure: Failure | undefined): readonly Sample[] {
  return failure === undefined ? [] : [{ labels: [...labels, failure.class, failure.sqlState ?? ''], value: 1 }];
}

function skippedSamples({ database: datname, unplanned }: ScrapeReport): readonly Sample[] {
  const reasons = [...new Set(unplanned.map(({ reason }) => reason))].toSorted();
  return reasons.map((reason) => ({
    labels: [datname, reason],
    value: unplanned.filter((skip) => skip.reason === reason).length,
  }));
}

function remainingSeconds({ record, ttlMs }: CollectorReport, nowMs: number): number {
  if (record.good === undefined || record.failed !== undefined) return 0;
  return Math.max(0, record.good.atMs + ttlMs - nowMs) / 1000;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
