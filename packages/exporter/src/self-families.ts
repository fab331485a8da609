import { exporterSelfMetrics as names, type MetricRef } from '@pgattest/catalog';
import type { Family, Sample } from '@pgattest/runtime';
import type { Failure } from './failure.ts';
import type { CollectorReport, ScrapeReport } from './scrape-report.ts';

/** What the self metrics say besides the scrape itself. */
export interface SelfContext {
  /** `datname` before the server told the name of its database. */
  readonly configuredDatabase: string;
  /** First word of every name; `pg` unless configured. */
  readonly namespace: string;
  /** Labels of the build info, by name. */
  readonly build: Readonly<Record<string, string>>;
  readonly uptimeSeconds: number;
  /** Time the caller of this scrape could wait. */
  readonly budgetSeconds: number;
}

/**
 * The exporter's own families for one scrape. What is not known is left out: before the first contact there is no
 * `pg_version` and no `pg_in_recovery` (a 0 would claim a primary), and while the server is down the collectors keep
 * their counters but say neither that they work nor that they fail.
 */
export function selfFamilies(report: ScrapeReport, context: SelfContext): readonly Family[] {
  const { facts, totals } = report;
  const datname = facts?.database ?? context.configuredDatabase;
  const queries = report.collectors;
  const asked = queries.filter(({ wasAsked }) => wasAsked);
  const perQuery = (list: readonly CollectorReport[], value: (one: CollectorReport) => number): readonly Sample[] =>
    list.map((one) => ({ labels: [datname, one.id], value: value(one) }));
  const seconds = report.durationMs / 1000;

  const families: readonly Family[] = [
    single(names.pgUp, report.isUp ? 1 : 0),
    family(names.pgVersion, facts === undefined ? [] : [{ labels: [], value: facts.versionNum }]),
    family(names.pgInRecovery, facts === undefined ? [] : [{ labels: [], value: facts.role === 'replica' ? 1 : 0 }]),
    single(names.pgRoleKnown, report.areFactsCurrent ? 1 : 0),
    family(names.pgExporterBuildInfo, [
      { labels: names.pgExporterBuildInfo.labels.map((label) => context.build[label] ?? ''), value: 1 },
    ]),
    single(names.pgExporterUp, 1),
    single(names.pgExporterUptime, context.uptimeSeconds),
    single(names.pgExporterLastScrapeTime, report.beganAtSeconds),
    single(names.pgExporterScrapeDuration, seconds),
    single(names.pgExporterScrapeBudgetSeconds, context.budgetSeconds),
    single(names.pgExporterScrapeTotalCount, totals.scrapes),
    single(names.pgExporterScrapeErrorCount, totals.errors),
    family(names.pgExporterServerUp, [{ labels: [datname], value: report.isUp ? 1 : 0 }]),
    family(names.pgExporterServerLastErrorInfo, errorSample([datname], report.failure)),
    family(names.pgExporterServerScrapeDuration, [{ labels: [datname], value: seconds }]),
    family(names.pgExporterServerScrapeTotalSeconds, [{ labels: [datname], value: totals.seconds }]),
    family(names.pgExporterServerScrapeTotalCount, [{ labels: [datname], value: totals.scrapes }]),
    family(names.pgExporterServerScrapeErrorCount, [{ labels: [datname], value: totals.errors }]),
    family(names.pgExporterPlanSkippedQueries, skippedSamples(datname, report)),
    family(
      names.pgExporterQueryUp,
      perQuery(asked, ({ failure }) => (failure === undefined ? 1 : 0)),
    ),
    family(
      names.pgExporterQueryLastErrorInfo,
      asked.flatMap(({ id, failure }) => errorSample([datname, id], failure)),
    ),
    family(
      names.pgExporterQueryStale,
      perQuery(asked, ({ isStale }) => (isStale ? 1 : 0)),
    ),
    family(
      names.pgExporterQueryAgeSeconds,
      asked.flatMap(({ id, shown }) =>
        shown === undefined ? [] : [{ labels: [datname, id], value: Math.max(0, report.nowMs - shown.atMs) / 1000 }],
      ),
    ),
    family(
      names.pgExporterQueryUnreadableValues,
      asked.flatMap(({ id, shown }) =>
        shown === undefined ? [] : [{ labels: [datname, id], value: sum(Object.values(shown.unreadable)) }],
      ),
    ),
    family(
      names.pgExporterQueryDroppedSeriesTotal,
      perQuery(queries, ({ id }) => report.droppedSeries[id] ?? 0),
    ),
    family(
      names.pgExporterQueryCacheTtl,
      perQuery(queries, (one) => remainingSeconds(one, report.nowMs)),
    ),
    family(
      names.pgExporterQueryScrapeTotalCount,
      perQuery(queries, ({ record }) => record.total),
    ),
    family(
      names.pgExporterQueryScrapeErrorCount,
      perQuery(queries, ({ record }) => record.errors),
    ),
    family(
      names.pgExporterQueryScrapeDuration,
      perQuery(queries, ({ record }) => record.durationMs / 1000),
    ),
    family(
      names.pgExporterQueryScrapeMetricCount,
      perQuery(queries, ({ shown }) => shown?.samples ?? 0),
    ),
    family(
      names.pgExporterQueryScrapeHitCount,
      perQuery(queries, ({ record }) => record.hits),
    ),
  ];
  const present = families.filter(({ samples }) => samples.length > 0);
  return context.namespace === 'pg'
    ? present
    : present.map((one) => ({ ...one, name: one.name.replace(/^pg_/, `${context.namespace}_`) }));
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

function skippedSamples(datname: string, { unplanned }: ScrapeReport): readonly Sample[] {
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
