import { defineCollector, gauge, state } from '../model.ts';
import { synchronousStandbys } from '../sql/synchronous-standbys.ts';

/**
 * synchronous_standby_names against the standbys that are there. Commits wait for ever where fewer are present than
 * required, whatever the lag says.
 */
export const pgSyncQuorum = defineCollector({
  id: 'pg_sync_quorum',
  source: 'postgres',
  scope: 'instance',
  help: 'How many synchronous standbys a commit needs and how many there are',
  cacheSeconds: 10,
  timeoutSeconds: 0.2,
  priority: 201,
  labels: {},
  metrics: {
    method: state('How synchronous standbys are chosen', { 0: 'off', 1: 'first', 2: 'any' }),
    required_standbys: gauge('count', 'Standbys a commit waits for, 0 when replication is asynchronous'),
    present_standbys: gauge('count', 'Streaming standbys that count as synchronous: sync or quorum'),
    candidate_standbys: gauge('count', 'Streaming standbys that are listed: sync, quorum or potential'),
    waiting_sessions: gauge('count', 'Sessions whose commit waits for a synchronous standby'),
  },
  variants: [
    {
      branch: 'pg_sync_quorum',
      since: 100000,
      role: 'primary',
      sql: `
SELECT
  CASE
    WHEN wanted.names = '' THEN 0
    WHEN lower(wanted.form[1]) = 'any' THEN 2
    ELSE 1
  END AS method,
  CASE WHEN wanted.names = '' THEN 0 ELSE coalesce(wanted.form[2]::bigint, 1) END AS required_standbys,
  standbys.present AS present_standbys,
  standbys.candidates AS candidate_standbys,
  commits.waiting AS waiting_sessions
FROM
  ${synchronousStandbys} AS wanted
  CROSS JOIN (
    SELECT
      count(*) FILTER (WHERE r.sync_state IN ('sync', 'quorum')) AS present,
      count(*) FILTER (WHERE r.sync_state IN ('sync', 'quorum', 'potential')) AS candidates
    FROM pg_stat_replication AS r
    WHERE r.state = 'streaming'
  ) AS standbys
  CROSS JOIN (
    SELECT count(*) AS waiting FROM pg_stat_activity AS a WHERE a.wait_event = 'SyncRep'
  ) AS commits`,
    },
  ],
});
