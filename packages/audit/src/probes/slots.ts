import { defineProbe } from '../probe.ts';

/** One permanent replication slot and the WAL it keeps. */
export interface Slot {
  readonly name: string;
  readonly logical: boolean;
  readonly active: boolean;
  /** reserved, extended, unreserved or lost; null before version 13 and for a slot that never reserved WAL. */
  readonly walStatus: string | null;
  /** Why the server gave the slot up; null when it did not, and before version 17. */
  readonly invalidationReason: string | null;
  /** Bytes of WAL from the slot's restart position to the newest; null when it holds none. */
  readonly retainedBytes: number | null;
  /** ISO 8601 UTC with microseconds; null while active and before version 17. */
  readonly inactiveSince: string | null;
  /** Copied from the primary by slot synchronisation, so inactive by design (17 and later). */
  readonly synced: boolean;
}

/** pg_replication_slots without the temporary ones, which end with their session. */
export const pgSlots = defineProbe({
  id: 'pg.slots',
  subject: 'instance',
  title: 'Permanent replication slots (pg_replication_slots)',
  privilege: 'any login role; pg_monitor is enough',
  grants: [],
  async collect({ pg, signal }): Promise<readonly Slot[]> {
    const v13 = pg.versionNum >= 130000;
    const v17 = pg.versionNum >= 170000;
    const rows = await pg.rows<{
      slot_name: string;
      slot_type: string;
      active: string;
      wal_status: string | null;
      invalidation_reason: string | null;
      retained: string | null;
      inactive_since: string | null;
      synced: string | null;
    }>(
      `SELECT slot_name,
              slot_type,
              active,
              ${v13 ? 'wal_status' : 'NULL AS wal_status'},
              ${v17 ? 'invalidation_reason' : 'NULL AS invalidation_reason'},
              pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
                                   ELSE pg_current_wal_lsn() END, restart_lsn) AS retained,
              ${
                v17
                  ? `to_char(inactive_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS inactive_since`
                  : 'NULL AS inactive_since'
              },
              ${v17 ? 'synced' : 'false AS synced'}
       FROM pg_replication_slots
       WHERE NOT temporary
       ORDER BY slot_name`,
      { signal },
    );
    return rows.map((row) => ({
      name: row.slot_name,
      logical: row.slot_type === 'logical',
      active: row.active === 't',
      walStatus: row.wal_status,
      invalidationReason: row.invalidation_reason,
      retainedBytes: row.retained === null ? null : Number(row.retained),
      inactiveSince: row.inactive_since,
      synced: row.synced === 't',
    }));
  },
});
