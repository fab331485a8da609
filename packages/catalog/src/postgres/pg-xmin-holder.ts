import { defineCollector, gauge } from '../model.ts';

const sql = (usableSlot: string): string => `
SELECT
  known.kind AS kind,
  count(held.xids) AS holders,
  max(held.xids) AS age_xids,
  max(held.seconds) AS age_seconds
FROM
  (VALUES ('backend'), ('prepared'), ('slot'), ('slot_catalog'), ('standby')) AS known (kind)
  LEFT JOIN (
    SELECT
      'backend' AS kind,
      greatest(age(a.backend_xid), age(a.backend_xmin)) AS xids,
      extract(EPOCH FROM clock_timestamp() - a.xact_start) AS seconds
    FROM pg_stat_activity AS a
    WHERE a.backend_type NOT IN ('walsender', 'autovacuum worker') AND a.pid <> pg_backend_pid()
    UNION ALL
    SELECT 'prepared', age(p.transaction), extract(EPOCH FROM clock_timestamp() - p.prepared) FROM pg_prepared_xacts AS p
    UNION ALL
    SELECT 'slot', age(s.xmin), NULL FROM pg_replication_slots AS s WHERE ${usableSlot}
    UNION ALL
    SELECT 'slot_catalog', age(s.catalog_xmin), NULL FROM pg_replication_slots AS s WHERE ${usableSlot}
    UNION ALL
    SELECT 'standby', age(r.backend_xmin), NULL FROM pg_stat_replication AS r
  ) AS held ON held.kind = known.kind
GROUP BY known.kind`;

/**
 * What keeps VACUUM from removing dead rows, by kind: the oldest transaction that each still needs. A standby with
 * hot_standby_feedback that uses a slot is the slot's; slot_catalog (logical slots) holds back catalogs only. A lost
 * slot holds nothing, which is known from version 13.
 */
export const pgXminHolder = defineCollector({
  id: 'pg_xmin_holder',
  source: 'postgres',
  scope: 'instance',
  help: 'Oldest transaction that sessions, prepared transactions, slots and standbys keep from being vacuumed',
  cacheSeconds: 10,
  timeoutSeconds: 0.2,
  priority: 271,
  labels: { kind: 'backend, prepared, slot, slot_catalog or standby' },
  metrics: {
    holders: gauge('count', 'How many of the kind hold something back'),
    age_xids: gauge('xid', 'Transactions since the oldest one held back, NaN when none is'),
    age_seconds: gauge('seconds', 'Age of the oldest transaction of sessions and prepared ones, NaN for the others'),
  },
  variants: [
    { branch: 'pg_xmin_holder_13', since: 130000, sql: sql(`s.wal_status IS DISTINCT FROM 'lost'`) },
    { branch: 'pg_xmin_holder_10', since: 100000, until: 130000, sql: sql('true') },
  ],
});
