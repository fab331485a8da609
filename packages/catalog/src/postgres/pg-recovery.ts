import { counter, defineCollector, gauge } from '../model.ts';

/** What the control file says recovery must reach before a replica is consistent; 0 where nothing is required. */
export const pgRecovery = defineCollector({
  id: 'pg_recovery',
  source: 'postgres',
  scope: 'instance',
  help: 'Recovery state in the control file of a replica',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 120,
  labels: {},
  metrics: {
    min_timeline: counter('id', 'Timeline that recovery must reach'),
    min_lsn: counter('lsn', 'WAL position that recovery must reach'),
    backup_start_lsn: counter('lsn', 'Where the backup being recovered began, 0 once consistent'),
    backup_end_lsn: counter('lsn', 'Where the backup being recovered ended, 0 unless taken from a replica'),
    require_record: gauge('bool', 'Whether the record of the end of the backup must still be found'),
  },
  variants: [
    {
      branch: 'pg_recovery',
      since: 90600,
      role: 'replica',
      sql: `
SELECT
  min_recovery_end_timeline AS min_timeline,
  min_recovery_end_lsn - '0/0' AS min_lsn,
  backup_start_lsn - '0/0' AS backup_start_lsn,
  backup_end_lsn - '0/0' AS backup_end_lsn,
  end_of_backup_record_required AS require_record
FROM pg_control_recovery()`,
    },
  ],
});
