import { counter, defineCollector } from '../model.ts';

/**
 * pg_replication_origin_status: how far each origin has been replayed here. Off by default: until version 13 only a
 * superuser may read it, from 14 pg_monitor needs SELECT on that view and EXECUTE on pg_show_replication_origin_status().
 */
export const pgOrigin = defineCollector({
  id: 'pg_origin',
  source: 'postgres',
  scope: 'instance',
  help: 'Replay position per replication origin',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  skippedByDefault: true,
  priority: 111,
  labels: { roname: 'Name of the origin' },
  metrics: {
    remote_lsn: counter('lsn', 'Position on the origin up to which changes are here'),
    local_lsn: counter('lsn', 'WAL position of this server at which that was committed'),
  },
  variants: [
    {
      branch: 'pg_origin',
      since: 90500,
      sql: `
SELECT
  o.roname AS roname,
  s.remote_lsn - '0/0' AS remote_lsn,
  s.local_lsn - '0/0' AS local_lsn
FROM
  pg_replication_origin AS o
  LEFT JOIN pg_replication_origin_status AS s ON s.local_id = o.roident`,
    },
  ],
});
