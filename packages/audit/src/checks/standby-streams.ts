import type { Evidence, MemberFacts } from '../check.ts';
import type { FactMap } from '../facts.ts';
import { findSeen, seenMembers } from './members.ts';
import { psqlRow, psqlRows } from './psql-output.ts';

type Sender = FactMap['pg.replication'][number];

/** A standby that answered, and what both ends say about the WAL it gets. */
export interface Standby {
  readonly member: string;
  readonly receiver: FactMap['pg.wal-receiver'];
  /** Member whose sender serves it, with that sender; undefined when no member that answered sends to it. */
  readonly sender: { readonly member: string; readonly stream: Sender } | undefined;
}

/**
 * Finds for each standby the sender that serves it, among the members: by the name the receiver announces. Where
 * several standbys announce one name, each takes one of the senders of that name, so that k standbys need k senders.
 */
export function pairStandbys(
  facts: MemberFacts<'pg.server' | 'pg.replication' | 'pg.wal-receiver'>,
): readonly Standby[] {
  const streams = seenMembers(facts['pg.replication']).flatMap(({ member, value }) =>
    value.filter((stream) => !stream.logical && stream.state !== 'backup').map((stream) => ({ member, stream })),
  );
  // The stream that runs best goes first, so that a dying sender of an earlier connection is not preferred.
  const free = streams.toSorted(
    (a, b) => Number(b.stream.state === 'streaming') - Number(a.stream.state === 'streaming'),
  );
  return seenMembers(facts['pg.server'])
    .filter(({ value }) => value.inRecovery)
    .map(({ member }) => {
      const receiver = findSeen(facts['pg.wal-receiver'], member) ?? null;
      const index =
        receiver === null
          ? -1
          : free.findIndex(
              (item) => item.member !== member && item.stream.applicationName === receiver.applicationName,
            );
      const [sender] = index === -1 ? [] : free.splice(index, 1);
      return { member, receiver, sender };
    });
}

/** Streams to standbys that no standby in sight accounts for: they may go to members that did not answer. */
export function unpairedStreams(facts: MemberFacts<'pg.replication'>, standbys: readonly Standby[]): number {
  const paired = new Set(standbys.map(({ sender }) => sender?.stream));
  return seenMembers(facts['pg.replication'])
    .flatMap(({ value }) => value)
    .filter((stream) => !stream.logical && stream.state === 'streaming' && !paired.has(stream)).length;
}

const newest = 'CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END';

/** What a member sends to standbys: name, state, and whether flushing and replay are within the limit. */
export function sendersEvidence(member: string, senders: readonly Sender[], maxLagBytes: number): Evidence {
  const within = (bytes: number | null): boolean | null => (bytes === null ? null : bytes <= maxLagBytes);
  const standbys = senders.filter(({ logical }) => !logical);
  return {
    fact: 'pg.replication',
    subject: member,
    at: 'standby, state, flushed and replayed within the limit',
    actual: psqlRows(
      standbys.map((row) => [row.applicationName, row.state, within(row.flushLagBytes), within(row.replayLagBytes)]),
    ),
    expected: { en: 'streaming|t|t', zh: 'streaming|t|t' },
    sql: `SELECT application_name, state, pg_wal_lsn_diff(${newest}, flush_lsn) <= ${maxLagBytes}, pg_wal_lsn_diff(${newest}, replay_lsn) <= ${maxLagBytes} FROM pg_stat_replication r WHERE NOT EXISTS (SELECT FROM pg_replication_slots l WHERE l.active_pid = r.pid AND l.slot_type = 'logical') ORDER BY application_name, usename, client_addr, client_port`,
  };
}

/** What a standby receives: status, whether replay is within the limit, and whether it is paused. */
export function receiverEvidence(member: string, receiver: FactMap['pg.wal-receiver'], maxLagBytes: number): Evidence {
  return {
    fact: 'pg.wal-receiver',
    subject: member,
    at: 'receiver status, replayed within the limit, replay paused',
    actual:
      receiver === null
        ? ''
        : psqlRow(
            receiver.status,
            receiver.replayLagBytes === null ? null : receiver.replayLagBytes <= maxLagBytes,
            receiver.replayPaused,
          ),
    expected: { en: 'streaming|t|f', zh: 'streaming|t|f' },
    sql: `SELECT status, pg_wal_lsn_diff(greatest(latest_end_lsn, pg_last_wal_receive_lsn()), pg_last_wal_replay_lsn()) <= ${maxLagBytes}, CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() ELSE false END FROM pg_stat_wal_receiver`,
  };
}
