import { defineCollector, gauge } from '../model.ts';

/**
 * The timeline being written on a primary, received or else last replayed on a replica.
 *
 * A primary is asked for the name of its current WAL file: the control file still has the old timeline between a
 * promotion and the checkpoint after it.
 */
export const pgTimeline = defineCollector({
  id: 'pg_timeline',
  source: 'postgres',
  scope: 'instance',
  help: 'Timeline of the server',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 119,
  labels: {},
  metrics: {
    id: gauge('id', 'Current timeline'),
  },
  variants: [
    {
      branch: 'pg_timeline',
      since: 100000,
      sql: `
SELECT
  CASE
    WHEN pg_is_in_recovery() THEN coalesce(
      (SELECT received_tli FROM pg_stat_wal_receiver),
      (SELECT greatest(c.timeline_id, r.min_recovery_end_timeline) FROM pg_control_checkpoint() AS c, pg_control_recovery() AS r)
    )
    ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint
  END AS id`,
    },
  ],
});
