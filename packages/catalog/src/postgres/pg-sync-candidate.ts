import { defineCollector, gauge, state } from '../model.ts';
import { synchronousStandbys } from '../sql/synchronous-standbys.ts';

/**
 * Each name in synchronous_standby_names, also when nobody with that name is connected. Names are compared as the
 * server does, without regard to case; `*` is every standby. As many series as the setting has names.
 */
export const pgSyncCandidate = defineCollector({
  id: 'pg_sync_candidate',
  source: 'postgres',
  scope: 'instance',
  help: 'Standbys listed as synchronous, present or not',
  cacheSeconds: 10,
  timeoutSeconds: 0.2,
  priority: 202,
  labels: { name: 'Name in synchronous_standby_names, to which application_name is compared' },
  metrics: {
    state: state('What the best connected standby of this name counts as', {
      0: 'absent',
      1: 'connected',
      2: 'potential',
      3: 'sync',
      4: 'quorum',
    }),
    connected_standbys: gauge('count', 'Connected standbys of this name'),
  },
  variants: [
    {
      branch: 'pg_sync_candidate',
      since: 100000,
      role: 'primary',
      sql: `
SELECT
  listed.name AS name,
  coalesce(max(CASE
    WHEN r.state <> 'streaming' THEN 1
    WHEN r.sync_state = 'potential' THEN 2
    WHEN r.sync_state = 'sync' THEN 3
    WHEN r.sync_state = 'quorum' THEN 4
    ELSE 1
  END) FILTER (WHERE r.pid IS NOT NULL), 0) AS state,
  count(r.pid) AS connected_standbys
FROM
  (
    SELECT DISTINCT coalesce(replace(part.text[1], '""', '"'), part.text[2]) AS name
    FROM
      ${synchronousStandbys} AS wanted
      CROSS JOIN LATERAL regexp_matches(wanted.list, '"((?:[^"]|"")*)"|([^",[:space:]]+)', 'g') AS part (text)
  ) AS listed
  LEFT JOIN pg_stat_replication AS r
    ON r.state <> 'backup' AND (listed.name = '*' OR lower(r.application_name) = lower(listed.name))
GROUP BY listed.name`,
    },
  ],
});
