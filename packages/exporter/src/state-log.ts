import type { Logger } from '@pgattest/runtime';
import type { Failure } from './failure.ts';
import type { InstanceReport, ScrapeReport } from './scrape-report.ts';

/**
 * Logs what a scrape changed, not what it repeats: a failure once when it begins or becomes another one, and once
 * when it ends.
 */
export function createStateLog(logger: Logger): (report: InstanceReport) => void {
  const main = createDatabaseLog(logger, 'server is not up', 'server is up again');
  const databases = new Map<string, (report: ScrapeReport) => void>();
  let conflicts: ReadonlySet<string> = new Set();

  return (report) => {
    main(report.main);
    const names = new Set(report.databases.map(({ database }) => database));
    for (const name of databases.keys()) if (!names.has(name)) databases.delete(name);
    for (const one of report.databases) {
      const { database } = one;
      const log =
        databases.get(database) ??
        createDatabaseLog(logger.child({ database }), 'database cannot be read', 'database can be read again');
      databases.set(database, log);
      log(one);
    }

    const dropped = new Set<string>();
    for (const { metric, database, origin, reason, count, example } of report.merged?.conflicts ?? []) {
      const key = JSON.stringify([metric, database, origin, reason]);
      dropped.add(key);
      if (!conflicts.has(key)) {
        logger.warn('series dropped', { metric, database, collector: origin, reason, count, example });
      }
    }
    conflicts = dropped;
    logger.debug('scrape ended', { up: report.main.isUp, durationMs: Math.round(report.durationMs) });
  };
}

function createDatabaseLog(logger: Logger, fails: string, works: string): (report: ScrapeReport) => void {
  let server: Failure | undefined;
  let role: string | undefined;
  let collectors: ReadonlyMap<string, Failure> = new Map();
  let incomplete: ReadonlySet<string> = new Set();

  return (report) => {
    if (report.failure !== undefined && report.failure.class !== server?.class) {
      logger.error(fails, fieldsOf(report.failure));
    }
    if (report.failure === undefined && server !== undefined) logger.info(works);
    server = report.failure;

    if (report.areFactsCurrent && report.facts !== undefined && report.facts.role !== role) {
      const { role: now, versionNum, database, isDiscovered } = report.facts;
      const fields = { role: now, versionNum, database };
      if (!isDiscovered) logger.info(role === undefined ? 'server is known' : 'server changed its role', fields);
      role = now;
    }

    const failing = new Map<string, Failure>();
    for (const { id, wasAsked, failure } of report.collectors) {
      const before = collectors.get(id);
      // Of a collector that was not asked the last word still stands.
      const now = wasAsked ? failure : before;
      if (now !== undefined) failing.set(id, now);
      if (now !== undefined && now.class !== before?.class) {
        logger.warn('collector fails', { collector: id, ...fieldsOf(now) });
      }
      if (now === undefined && before !== undefined) logger.info('collector works again', { collector: id });
    }
    collectors = failing;

    const lacking = new Set<string>();
    for (const { id, shown } of report.collectors) {
      if (shown === undefined || (shown.missing.length === 0 && shown.cut === 0)) continue;
      lacking.add(id);
      if (incomplete.has(id)) continue;
      const fields = { collector: id, missingColumns: shown.missing.join(' '), cutSeries: shown.cut };
      logger.warn('collector is incomplete', fields);
    }
    incomplete = lacking;
  };
}

function fieldsOf(failure: Failure): Readonly<Record<string, string>> {
  const { class: code, message, sqlState } = failure;
  return sqlState === undefined ? { code, reason: message } : { code, sqlState, reason: message };
}
