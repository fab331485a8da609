import { redactSecrets } from '@pgattest/runtime';
import type { Failure } from './failure.ts';
import type { CollectorReport, InstanceReport, ScrapeReport } from './scrape-report.ts';

/** Version of the form of the document; a field that goes or changes raises it. */
const schemaVersion = 1;

/** The state of every database and of every branch in it, with the reason of what does not run or fails, as JSON. */
export function statusDocument({ main, databases, durationMs }: InstanceReport): string {
  const document = {
    schemaVersion,
    up: main.isUp,
    role: main.areFactsCurrent ? main.facts?.role : undefined,
    lastKnownRole: main.facts?.role,
    versionNum: main.facts?.versionNum,
    lastScrape: { beganAt: new Date(main.beganAtSeconds * 1000).toISOString(), durationMs: Math.round(durationMs) },
    databases: [main, ...databases].map((report, index) => databaseStatus(report, index > 0)),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function databaseStatus(report: ScrapeReport, isDiscovered: boolean) {
  const { facts, plan, totals } = report;
  return {
    database: report.database,
    discovered: isDiscovered,
    up: report.isUp,
    error: errorOf(report.failure),
    user: facts?.currentUser,
    extensions: facts?.inventory?.extensions,
    scrapes: totals.scrapes,
    errors: totals.errors,
    branches: [
      ...report.collectors.map((collector) => plannedStatus(collector, report.nowMs)),
      ...(plan?.skipped ?? []).map(({ collector, branch, reason, detail }) => ({
        branch,
        query: collector.id,
        state: 'not_planned',
        reason,
        detail,
      })),
    ],
  };
}

function plannedStatus(one: CollectorReport, nowMs: number) {
  const { record, shown, failure } = one;
  return {
    branch: one.branch,
    query: one.id,
    state: stateOf(one),
    error: errorOf(failure),
    skippedBy: shown?.skippedBy,
    ageSeconds: shown === undefined ? undefined : Math.max(0, Math.round(nowMs - shown.atMs) / 1000),
    ttlSeconds: one.ttlMs / 1000,
    durationMs: Math.round(record.durationMs * 10) / 10,
    samples: shown?.samples,
    cutSeries: shown?.cut,
    missingColumns: shown?.missing,
    total: record.total,
    errors: record.errors,
    hits: record.hits,
    skips: record.skips,
    failuresInARow: record.failed?.consecutive ?? 0,
  };
}

function stateOf({ wasAsked, failure, isStale, shown }: CollectorReport): string {
  if (!wasAsked) return 'not_asked';
  if (failure !== undefined) return isStale ? 'stale' : 'failing';
  return shown?.skippedBy === undefined ? 'ok' : 'skipped';
}

function errorOf(failure: Failure | undefined) {
  if (failure === undefined) return undefined;
  return { class: failure.class, sqlState: failure.sqlState, message: redactSecrets(failure.message) };
}
