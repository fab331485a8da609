import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';

/** Whether the logging collector writes. */
export interface LogFiles {
  /** File it writes to now; null when it does not run, or knows none. */
  readonly current: string | null;
  /** Seconds since any log file was written to; null without a file. */
  readonly quietSeconds: number | null;
}

/** The file the logging collector writes to, and when it last did; the session that asks is itself an event. */
export const pgLogFiles = defineProbe({
  id: 'pg.log-files',
  subject: 'instance',
  title: 'Current log file, and when a log file was last written (pg_current_logfile, pg_ls_logdir)',
  privilege: 'pg_monitor, and EXECUTE on pg_current_logfile(), which newer servers give it',
  grants: ['GRANT pg_monitor TO {role}', 'GRANT EXECUTE ON FUNCTION pg_catalog.pg_current_logfile() TO {role}'],
  async collect({ pg, signal }): Promise<LogFiles> {
    const [row] = await pg.rows<{ current: string | null; quiet: string | null }>(
      `SELECT pg_current_logfile() AS current,
              CASE WHEN current_setting('logging_collector') = 'on'
                   THEN (SELECT floor(extract(epoch FROM clock_timestamp() - max(modification))) FROM pg_ls_logdir())
              END AS quiet`,
      { signal },
    );
    if (row === undefined) throw new ConnectError('invalid_data', 'the server answered without a row');
    return { current: row.current, quietSeconds: row.quiet === null ? null : Math.max(0, Number(row.quiet)) };
  },
});
