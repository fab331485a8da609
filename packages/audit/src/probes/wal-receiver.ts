import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';

/** The WAL receiver of a standby. */
export interface WalReceiver {
  /** starting, streaming, waiting, restarting or stopping. */
  readonly status: string;
  readonly slotName: string | null;
  /** Null before version 11. */
  readonly senderHost: string | null;
  readonly senderPort: number | null;
  /** Name it announces to the sender. */
  readonly applicationName: string;
  /** sslmode and gssencmode of its connection string, empty when that does not say; nothing else of it is read. */
  readonly sslMode: string;
  /** Bytes known to the receiver (received, or announced by the sender) but not replayed; null before the first. */
  readonly replayLagBytes: number | null;
  readonly replayPaused: boolean;
}

/** pg_stat_wal_receiver: null on a primary and on a standby without a running receiver. */
export const pgWalReceiver = defineProbe({
  id: 'pg.wal-receiver',
  subject: 'instance',
  title: 'WAL receiver of a standby (pg_stat_wal_receiver; of the connection string only name and sslmode)',
  privilege: 'pg_read_all_stats (part of pg_monitor)',
  grants: ['GRANT pg_monitor TO {role}'],
  async collect({ pg, signal }): Promise<WalReceiver | null> {
    const sender = pg.versionNum >= 110000 ? 'sender_host, sender_port' : 'NULL AS sender_host, NULL AS sender_port';
    // The server prints options as name=value with a space between and no quotes; passwords are starred there and
    // the string stays in the server all the same.
    const [row] = await pg.rows<{
      status: string | null;
      slot_name: string | null;
      sender_host: string | null;
      sender_port: string | null;
      application_name: string | null;
      sslmode: string | null;
      replay_lag: string | null;
      replay_paused: string;
    }>(
      `SELECT status,
              slot_name,
              ${sender},
              coalesce(substring(conninfo FROM '(?:^| )application_name=([^ ]+)'),
                       substring(conninfo FROM '(?:^| )fallback_application_name=([^ ]+)')) AS application_name,
              substring(conninfo FROM '(?:^| )sslmode=([^ ]+)') AS sslmode,
              pg_wal_lsn_diff(greatest(latest_end_lsn, pg_last_wal_receive_lsn()),
                              pg_last_wal_replay_lsn()) AS replay_lag,
              CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() ELSE false END AS replay_paused
       FROM pg_stat_wal_receiver`,
      { signal },
    );
    if (row === undefined) return null;
    if (row.status === null)
      throw new ConnectError(
        'permission_denied',
        'pg_stat_wal_receiver hides its columns from this role; grant pg_monitor',
      );
    return {
      status: row.status,
      slotName: row.slot_name,
      senderHost: row.sender_host,
      senderPort: row.sender_port === null ? null : Number(row.sender_port),
      applicationName: row.application_name ?? '',
      sslMode: row.sslmode ?? '',
      replayLagBytes: row.replay_lag === null ? null : Number(row.replay_lag),
      replayPaused: row.replay_paused === 't',
    };
  },
});
