import { faults, labPorts, type Lab } from '@pgattest/lab';
import { expect, test } from 'vitest';
import { poll, type HaLab } from './ha-lab.ts';
import { look, metricOf } from './sight.ts';

/** A fault that breaks no service at once, and how it shows. */
interface QuietFault {
  readonly id: string;
  /** Undefined = it shows; otherwise what is seen instead. */
  readonly shows: (lab: Lab, member: string) => Promise<string | undefined>;
}

const dayMs = 86_400_000;

const quietFaults: readonly QuietFault[] = [
  {
    id: 'replication-paused',
    shows: async (lab, member) => {
      const { before, after } = await positionsAfterWriting(lab, member);
      return after.received > before.received ? 'the replica goes on receiving' : undefined;
    },
  },
  {
    id: 'replay-paused',
    shows: async (lab, member) => {
      const { before, after } = await positionsAfterWriting(lab, member);
      if (after.received <= before.received) return 'the replica does not receive';
      return after.replayed > before.replayed ? 'the replica goes on replaying' : undefined;
    },
  },
  {
    id: 'repository-unreadable',
    shows: async (lab) => archiverFails(lab),
  },
  {
    id: 'archive-command-failing',
    shows: async (lab) => archiverFails(lab),
  },
  {
    id: 'clock-skewed',
    shows: async (lab, member) => {
      const [skewed, exact] = await Promise.all([clockOf(lab, member), clockOf(lab, await primaryOf(lab))]);
      const seconds = Math.round(skewed - exact);
      return Math.abs(seconds - 120) < 60 ? undefined : `its clock is ${seconds} s ahead`;
    },
  },
  {
    id: 'certificate-near-expiry',
    shows: async (lab, member) => {
      const days = ((await certificateEnd(lab, member)) - Date.now()) / dayMs;
      return days > 0 && days < 4 ? undefined : `the certificate ends in ${days} days`;
    },
  },
  {
    id: 'certificate-expired',
    shows: async (lab, member) => {
      const days = ((await certificateEnd(lab, member)) - Date.now()) / dayMs;
      return days < 0 ? undefined : `the certificate ends in ${days} days`;
    },
  },
  {
    id: 'setting-changed-on-one-member',
    shows: async (lab, member) => {
      const settings = await Promise.all(
        lab.topology.members.map(async ({ name }) => [name, await valueOf(lab, name, 'SHOW log_connections')] as const),
      );
      const off = settings.filter(([, value]) => value === 'off').map(([name]) => name);
      return off.join() === member ? undefined : `log_connections is off on: ${off.join(', ') || 'none'}`;
    },
  },
  {
    id: 'hba-changed-on-one-member',
    shows: async (lab, member) => {
      const rules = await valueOf(lab, member, `SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'trust'`);
      return rules === '1' ? undefined : `${rules} rules trust everybody`;
    },
  },
  {
    id: 'patroni-paused',
    shows: async (lab) => {
      const { members } = await look(lab);
      return members.find(({ patroni }) => patroni?.isPaused !== true)?.name;
    },
  },
];

/** Applies each of the faults that break no service, sees it, heals it, and sees it gone from a healthy cluster. */
export function testQuietFaults(lab: () => HaLab): void {
  test.each(quietFaults.map((fault) => [fault.id, fault] as const))(
    '%s shows and is gone once healed',
    async (id, fault) => {
      const ha = lab();
      await ha.untilHealthy();
      const { target } = await ha.lab.break(id);
      const member = target ?? (await primaryOf(ha.lab));
      try {
        await poll(`${id} shows`, async () => fault.shows(ha.lab, member), 60_000);
      } finally {
        await ha.lab.heal(id);
      }
      await ha.untilHealthy();
      await poll(
        `${id} is gone`,
        async () => ((await fault.shows(ha.lab, member)) === undefined ? 'it still shows' : undefined),
        // The archiver rests up to a minute after three failures, and pgBackRest's spool keeps an error until it is asked again.
        180_000,
      );
      ha.healed.add(id);
      expect((await ha.lab.status()).faults).toEqual([]);
    },
    400_000,
  );

  test('every fault but the one for synchronous labs was applied and healed in this lab', () => {
    const left = faults.map(({ id }) => id).filter((id) => !lab().healed.has(id));
    expect(left).toEqual(['sync-standby-lost']);
  });
}

async function primaryOf(lab: Lab): Promise<string> {
  const primary = await lab.findPrimary();
  if (primary === undefined) throw new Error('no primary');
  return primary;
}

async function valueOf(lab: Lab, member: string, statement: string): Promise<string> {
  const rows = await lab.sql(member, statement);
  return rows[0]?.[0] ?? '';
}

async function clockOf(lab: Lab, member: string): Promise<number> {
  return Number(await valueOf(lab, member, 'SELECT extract(epoch FROM clock_timestamp())'));
}

interface Positions {
  readonly received: number;
  readonly replayed: number;
}

/** What Patroni's metrics of a replica say before and after the primary wrote something. */
async function positionsAfterWriting(
  lab: Lab,
  member: string,
): Promise<{ readonly before: Positions; readonly after: Positions }> {
  const before = await positionsOf(lab, member);
  const primary = await primaryOf(lab);
  await lab.sql(primary, `SELECT pg_logical_emit_message(true, 'test', repeat('x', 100000))`);
  const written = Number(await valueOf(lab, primary, `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')`));
  // The others show how long it takes to get there.
  const others = lab.topology.members.map(({ name }) => name).filter((name) => name !== member && name !== primary);
  await poll(
    'another replica has it',
    async () => {
      for (const other of others) if ((await positionsOf(lab, other)).replayed < written) return other;
      return undefined;
    },
    60_000,
  );
  return { before, after: await positionsOf(lab, member) };
}

async function positionsOf(lab: Lab, member: string): Promise<Positions> {
  const address = lab.topology.members.find(({ name }) => name === member)?.address ?? '';
  const answer = await lab.http(`http://${address}:${labPorts.patroni}/metrics`);
  const text = answer?.body ?? '';
  return {
    received: metricOf(text, 'patroni_xlog_received_location') ?? 0,
    replayed: metricOf(text, 'patroni_xlog_replayed_location') ?? 0,
  };
}

/** Whether another failure is counted after another segment to archive. */
async function archiverFails(lab: Lab): Promise<string | undefined> {
  const primary = await primaryOf(lab);
  const count = async (): Promise<number> =>
    Number(await valueOf(lab, primary, 'SELECT failed_count FROM pg_stat_archiver'));
  const before = await count();
  await lab.sql(primary, `SELECT pg_logical_emit_message(true, 'test', 'archive')`);
  await lab.sql(primary, 'SELECT pg_switch_wal()');
  for (let tries = 0; tries < 30; tries += 1) {
    if ((await count()) > before) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return 'no failure is counted';
}

/** When the certificate ends that the server of a member shows, in milliseconds since the epoch. */
async function certificateEnd(lab: Lab, member: string): Promise<number> {
  const address = lab.topology.members.find(({ name }) => name === member)?.address ?? '';
  const result = await lab.exec(lab.topology.monitor.name, [
    'sh',
    '-c',
    `openssl s_client -starttls postgres -connect ${address}:${labPorts.postgres} </dev/null 2>/dev/null | openssl x509 -noout -enddate`,
  ]);
  const end = Date.parse(result.stdout.replace(/^notAfter=/u, '').trim());
  if (Number.isNaN(end)) throw new Error(`no certificate from ${member}: ${result.stdout} ${result.stderr}`);
  return end;
}
