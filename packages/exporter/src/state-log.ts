import type { Logger } from '@pgattest/runtime';
import type { Failure } from './failure.ts';
import type { ScrapeReport } from './scrape-report.ts';

/**
 * Logs what a scrape changed, not what it repeats: a failure once when it begins or becomes another one, and once
 * when it ends.
 */
export function createStateLog(logger: Logger): (report: ScrapeReport) => void {
  let server: Failure | undefined;
  let role: string | undefined;
  let collectors: ReadonlyMap<string, Failure> = new Map();
  let conflicts: ReadonlySet<string> = new Set();

  return (report) => {
    if (report.failure !== undefined && report.failure.class !== server?.class) {
      logger.error('server is not up', fieldsOf(report.failure));
    }
    if (report.failure === undefined && server !== undefined) logger.info('server is up again');
    server = report.failure;

    if (report.areFactsCurrent && report.facts !== undefined && report.facts.role !== role) {
      const { role: now, versionNum, database } = report.facts;
      logger.info(role === undefined ? 'server is known' : 'server changed its role', {
        role: now,
        versionNum,
        database,
      });
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

    const dropped = new Set<string>();
    for (const { metric, origin, reason, count, example } of report.conflicts) {
      const key = `${metric} ${origin} ${reason}`;
      dropped.add(key);
      if (!conflicts.has(key)) logger.warn('series dropped', { metric, collector: origin, reason, count, example });
    }
    conflicts = dropped;
    logger.debug('scrape ended', { up: report.isUp, durationMs: Math.round(report.durationMs) });
  };
}

function fieldsOf(failure: Failure): Readonly<Record<string, string>> {
  const { class: code, message, sqlState } = failure;
  return sqlState === undefined ? { code, reason: message } : { code, sqlState, reason: message };
}
