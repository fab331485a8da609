import type { Fault } from '../fault.ts';
import { untilWell } from './steps/cluster-health.ts';
import { getRemembered } from './steps/fault-state.ts';
import { settleArchive } from './steps/settle-archive.ts';
import { getPrimaryTarget } from './steps/targets.ts';

/** The primary's archive_command ends with an error each time. */
export const archiveCommandFailing: Fault = {
  id: 'archive-command-failing',
  title: 'archive_command of the primary fails (ALTER SYSTEM), so that WAL piles up',
  needs: 'nothing',
  expected: [
    {
      text: 'pg_stat_archiver.failed_count grows; WAL is kept until it is archived, in the end until the disk is full.',
      source: 'PostgreSQL docs, 26.3.1 setting up WAL archiving',
    },
    { text: 'Writes go on; what a restore can reach stands still.', source: 'Pigsty docs, PITR: RPO' },
  ],
  async apply(run, target) {
    const member = await getPrimaryTarget(run, target);
    await run.sql(member, `ALTER SYSTEM SET archive_command = 'exit 1'`);
    await run.sql(member, 'SELECT pg_reload_conf()');
    // Something to archive, so that the failure shows now and not at the next switch of segments.
    await run.sql(member, `SELECT pg_logical_emit_message(true, 'pgattest-lab', 'archive')`);
    await run.sql(member, 'SELECT pg_switch_wal()');
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await run.until(
      `${member} takes its archive_command back`,
      async () => {
        try {
          await run.sql(member, 'ALTER SYSTEM RESET archive_command');
          await run.sql(member, 'SELECT pg_reload_conf()');
          return undefined;
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
      },
      60_000,
    );
    await untilWell(run, member);
    await settleArchive(run);
  },
};
