import { defineCollector, gauge } from '../model.ts';

/**
 * Logical slots that are to survive a failover, version 17 or later: on a primary those with the option failover, on a
 * replica the copies it synchronised. Subscribers go on after a failover to this replica when as many are ready here
 * as the primary has. Which slot is which state: pg_slot_failover, _synced, _temporary, _invalidation_reason.
 */
export const pgFailoverSlot = defineCollector({
  id: 'pg_failover_slot',
  source: 'postgres',
  scope: 'instance',
  help: 'Readiness of logical slots for a failover',
  cacheSeconds: 10,
  timeoutSeconds: 0.2,
  priority: 262,
  labels: {},
  metrics: {
    slots: gauge('count', 'Logical slots to survive a failover: originals on a primary, copies on a replica'),
    invalidated_slots: gauge('count', 'Those of them that are invalidated'),
    ready_slots: gauge('count', 'Copies from which subscribers can go on after a failover to this replica'),
    sync_enabled: gauge('bool', 'Whether this replica synchronises slots (sync_replication_slots)'),
    missing_standby_slots: gauge(
      'count',
      'Slots of synchronized_standby_slots without a standby: decoding waits for them',
    ),
  },
  variants: [
    {
      branch: 'pg_failover_slot_primary',
      since: 170000,
      role: 'primary',
      omits: ['ready_slots', 'sync_enabled'],
      sql: `
SELECT
  own.slots AS slots,
  own.invalidated AS invalidated_slots,
  listed.missing AS missing_standby_slots
FROM
  (
    SELECT
      count(*) AS slots,
      count(s.invalidation_reason) AS invalidated
    FROM pg_replication_slots AS s
    WHERE s.failover
  ) AS own
  CROSS JOIN (
    SELECT count(*) AS missing
    FROM
      unnest(string_to_array(translate(current_setting('synchronized_standby_slots'), ' "', ''), ',')) AS wanted (name)
      LEFT JOIN pg_replication_slots AS s ON s.slot_name = wanted.name AND s.active
    WHERE s.slot_name IS NULL
  ) AS listed`,
    },
    {
      branch: 'pg_failover_slot_replica',
      since: 170000,
      role: 'replica',
      omits: ['missing_standby_slots'],
      sql: `
SELECT
  count(*) AS slots,
  count(s.invalidation_reason) AS invalidated_slots,
  count(*) FILTER (WHERE NOT s.temporary AND s.invalidation_reason IS NULL) AS ready_slots,
  current_setting('sync_replication_slots') = 'on' AS sync_enabled
FROM pg_replication_slots AS s
WHERE s.synced`,
    },
  ],
});
