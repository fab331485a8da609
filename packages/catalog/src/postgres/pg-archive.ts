import { defineCollector, gauge } from '../model.ts';

/** Position of this server, its segments and timeline, and whether it is the one that archives. */
const here = `(
    SELECT
      CASE current_setting('archive_mode')
        WHEN 'always' THEN true
        WHEN 'on' THEN NOT pg_is_in_recovery()
        ELSE false
      END AS enabled,
      CASE
        WHEN pg_is_in_recovery() THEN coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
        ELSE pg_current_wal_lsn()
      END - '0/0' AS lsn,
      pg_size_bytes(current_setting('wal_segment_size')) AS segment,
      CASE
        WHEN pg_is_in_recovery() THEN (SELECT received_tli FROM pg_stat_wal_receiver)
        ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint
      END AS timeline
  )`;

/** Where the WAL file of this name begins: the size of a segment decides how its last eight digits count. */
const startOf = (name: string): string =>
  `(('x' || substr(${name}, 9, 8))::bit(32)::bigint * 4294967296 + ('x' || substr(${name}, 17, 8))::bit(32)::bigint * here.segment)`;

/** End of the last archived segment, NULL when that is of another timeline or no whole segment. */
const archivedEnd = `CASE
        WHEN a.last_archived_wal ~ '^[0-9A-F]{24}$' AND ('x' || left(a.last_archived_wal, 8))::bit(32)::bigint = here.timeline
          THEN ${startOf('a.last_archived_wal')} + here.segment
      END`;

const columns = `
SELECT
  here.enabled AS enabled,
  CASE
    WHEN here.enabled THEN a.last_failed_time IS NOT NULL AND coalesce(a.last_failed_time > a.last_archived_time, true)
  END AS failing,
  CASE
    WHEN here.enabled THEN extract(EPOCH FROM clock_timestamp() - a.last_archived_time)
  END AS last_archived_age_seconds,
  CASE
    WHEN here.enabled THEN CASE WHEN archived.lsn > here.lsn THEN 0 ELSE here.lsn - archived.lsn END
  END AS lag_bytes`;

/**
 * WAL archiving as the server sees it, which needs no access to the archive. NaN where this server does not archive:
 * archive_mode is off, or this is a replica and it is not always.
 *
 * The lag is counted from the last archived segment. Where that says nothing (history, backup and partial files,
 * another timeline, statistics just reset) it is counted from the oldest segment still to be archived, which can be
 * read from version 12, and is NaN before. It grows to one segment on a healthy server.
 */
export const pgArchive = defineCollector({
  id: 'pg_archive',
  source: 'postgres',
  scope: 'instance',
  help: 'How far WAL archiving is behind',
  cacheSeconds: 30,
  timeoutSeconds: 1,
  priority: 221,
  labels: {},
  metrics: {
    enabled: gauge('bool', 'Whether this server archives WAL in its role'),
    failing: gauge('bool', 'Whether the last attempt to archive a file failed'),
    last_archived_age_seconds: gauge('seconds', 'Time since a file was archived, by the clock of the server'),
    lag_bytes: gauge('bytes', 'WAL written or received and not yet archived'),
    ready_segments: gauge('count', 'Complete segments that wait to be archived, version 12 or later'),
    ready_bytes: gauge('bytes', 'Size of the segments that wait to be archived, version 12 or later'),
    oldest_ready_age_seconds: gauge('seconds', 'Time the longest waiting file has waited to be archived, 0 without'),
  },
  variants: [
    {
      branch: 'pg_archive_12',
      since: 120000,
      sql: `${columns},
  CASE WHEN here.enabled THEN waiting.segments END AS ready_segments,
  CASE WHEN here.enabled THEN waiting.segments * here.segment END AS ready_bytes,
  CASE WHEN here.enabled THEN coalesce(waiting.seconds, 0) END AS oldest_ready_age_seconds
FROM
  pg_stat_archiver AS a
  CROSS JOIN ${here} AS here
  CROSS JOIN (
    SELECT
      count(*) FILTER (WHERE f.name ~ '^[0-9A-F]{24}[.]ready$') AS segments,
      min(f.name) FILTER (WHERE f.name ~ '^[0-9A-F]{24}[.]ready$') AS first,
      extract(EPOCH FROM clock_timestamp() - min(f.modification)) AS seconds
    FROM pg_ls_archive_statusdir() AS f
    WHERE f.name LIKE '%.ready'
  ) AS waiting
  CROSS JOIN LATERAL (
    SELECT coalesce(
      ${archivedEnd},
      ${startOf('waiting.first')},
      trunc(here.lsn / here.segment) * here.segment
    ) AS lsn
  ) AS archived`,
    },
    {
      branch: 'pg_archive_10',
      since: 100000,
      until: 120000,
      omits: ['ready_segments', 'ready_bytes', 'oldest_ready_age_seconds'],
      sql: `${columns}
FROM
  pg_stat_archiver AS a
  CROSS JOIN ${here} AS here
  CROSS JOIN LATERAL (
    SELECT ${archivedEnd} AS lsn
  ) AS archived`,
    },
  ],
});
