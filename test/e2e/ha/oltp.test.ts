import { setTimeout as sleep } from 'node:timers/promises';
import { rtoPlans, worstCaseOf } from '@pgattest/lab';
import { describe, expect, test } from 'vitest';
import { clientTimeoutMs, useHaLab } from './ha-lab.ts';
import { testQuietFaults } from './quiet-faults.ts';
import { runScenario } from './scenario.ts';
import { look } from './sight.ts';
import {
  all,
  hasFallen,
  isDown,
  isFailsafe,
  isOnePrimaryOf,
  isOnlyPrimary,
  isUnguarded,
  isUp,
  nobodyIsPrimary,
  notDown,
  notOutOfFailsafe,
  notReplaced,
} from './signs.ts';

// A lease of ten seconds: with five, a machine that stalls has a failover of its own.
const ha = useHaLab('oltp', { durability: 'oltp', failsafe: true, backup: true }, { ttl: 10 });
const bound = worstCaseOf({ ...rtoPlans.test, ttl: 10 }, clientTimeoutMs);
const maxLossBytes = 1_048_576;
/** Long enough for a lease to run out and for somebody to take over, if anybody were to. */
const aWhileMs = 14_000;
/** Where nothing has to do with the lease. */
const briefMs = 4_000;

describe('one node or process of three', () => {
  test('PostgreSQL down on a replica: Patroni starts it again, clients that write notice nothing', async () => {
    await runScenario(
      ha(),
      {
        name: 'PG down, replica',
        said: 'Patroni starts it again; RTO ~0, RPO 0',
        boundMs: bound.failoverMs,
        maxLossBytes: 0,
      },
      async (s) => {
        const [replica = ''] = s.replicas;
        const started = await postmasterStart(replica);
        await s.break('replica-postmaster-killed', replica);
        await s.detect(() => undefined);
        await s.until('PostgreSQL of the replica is up again', all(isUp(replica), isOnlyPrimary(s.primary)));
        expect(await postmasterStart(replica)).not.toBe(started);
        s.note('restarted in place, primary unchanged');
        await s.heal();
      },
    );
  });

  test('PostgreSQL down on the primary: Patroni starts it again, or another member takes over', async () => {
    await runScenario(
      ha(),
      {
        name: 'PG down, primary',
        said: 'restart attempt, then failover: 15-30 s, RPO < 1 MB',
        boundMs: bound.restartMs,
        maxLossBytes,
      },
      async (s) => {
        await s.break('primary-postmaster-killed');
        await s.detect(hasFallen(s.primary, s.before));
        const sight = await s.until('there is one primary', isOnePrimaryOf([s.primary, ...s.replicas]));
        await s.untilWriting();
        s.note(sight.writable[0] === s.primary ? 'restarted in place, no failover' : 'another member took over');
        await s.heal();
      },
    );
  });

  test('Patroni down on a replica: its PostgreSQL goes down with it, writes go on', async () => {
    await runScenario(
      ha(),
      {
        name: 'Patroni down, replica',
        said: 'PG is closed with it; writes unaffected',
        boundMs: bound.failoverMs,
        maxLossBytes: 0,
      },
      async (s) => {
        const [replica = ''] = s.replicas;
        await s.break('replica-stopped', replica);
        await s.detect(all(isDown(replica), isUnguarded(replica)));
        await s.always(briefMs, notReplaced(s.primary), isOnlyPrimary(s.primary));
        await s.untilWriting();
        s.note('PG closed, primary unchanged');
        await s.heal();
      },
    );
  });

  test('Patroni down on the primary: its PostgreSQL is closed and another member takes over at once', async () => {
    await runScenario(
      ha(),
      { name: 'Patroni down, primary', said: 'PG is closed, failover', boundMs: bound.failoverMs, maxLossBytes: 0 },
      async (s) => {
        await s.break('primary-stopped');
        await s.detect(all(isDown(s.primary), isUnguarded(s.primary)));
        await s.until('another member is the primary', isOnePrimaryOf(s.replicas));
        await s.untilWriting();
        s.note('PG closed, failover');
        await s.heal();
      },
    );
  });

  test('Patroni crashed on a replica: its PostgreSQL goes on following', async () => {
    await runScenario(
      ha(),
      { name: 'Patroni crash, replica', said: 'PG is not closed', boundMs: bound.failoverMs, maxLossBytes: 0 },
      async (s) => {
        const [replica = ''] = s.replicas;
        await s.break('patroni-killed', replica);
        await s.detect(isUnguarded(replica));
        await s.always(
          briefMs,
          all(notDown(replica), notReplaced(s.primary)),
          all(isUp(replica), isOnlyPrimary(s.primary)),
        );
        await s.untilWriting();
        s.note('PG up without a guard, primary unchanged');
        await s.heal();
      },
    );
  });

  test('Patroni crashed on the primary: split brain that Patroni does not see and our exporters do', async () => {
    await runScenario(
      ha(),
      {
        name: 'Patroni crash, primary (orphan)',
        said: 'failover, split brain possible without a watchdog',
        boundMs: bound.failoverMs,
        maxLossBytes,
      },
      async (s) => {
        await s.break('primary-orphaned');
        await s.detect((sight) =>
          sight.writable.length === 2 ? undefined : `${sight.writable.length} writable by SQL`,
        );
        // The trap: two take writes, and Patroni's metrics show one leader, for the orphan's are gone.
        await s.until('Patroni knows one of the two', ({ writable, leaders }) =>
          writable.length === 2 && writable.includes(s.primary) && leaders.length === 1 && !leaders.includes(s.primary)
            ? undefined
            : 'not two writable of which Patroni knows one',
        );
        const found = await ha().lab.sql(
          s.primary,
          `INSERT INTO app.canary VALUES ('orphan', 1, now(), '') RETURNING 1`,
          {
            database: 'app',
          },
        );
        expect(found, 'the orphan takes writes').toEqual([['1']]);
        await s.untilWriting();
        s.note('two writable by SQL, one leader by Patroni; clients were led to the new one');
        await s.heal();
        const kept = await ha().lab.sql(s.primary, `SELECT count(*) FROM app.canary WHERE writer = 'orphan'`, {
          database: 'app',
        });
        expect(kept, 'what only the orphan had accepted is gone').toEqual([['0']]);
      },
    );
  });

  test('Patroni of the primary hangs: another member takes over, and the old one is made to follow', async () => {
    await runScenario(
      ha(),
      {
        name: 'Patroni hangs, primary',
        said: 'failover after the lease; split brain possible without a watchdog',
        boundMs: bound.failoverMs,
        maxLossBytes,
      },
      async (s) => {
        await s.break('patroni-stopped');
        await s.detect(isUnguarded(s.primary));
        const sight = await s.until('Patroni of another member leads', ({ leaders }) =>
          leaders.length === 1 && !leaders.includes(s.primary) ? undefined : `leader by Patroni: ${leaders.join()}`,
        );
        await s.untilWriting();
        s.note(`${sight.writable.length} writable by SQL while it hung`);
        await s.heal();
        await s.until('the old primary follows', isOnePrimaryOf(s.replicas));
      },
    );
  });

  test('the node of a replica is lost: writes go on', async () => {
    await runScenario(
      ha(),
      { name: 'replica node lost', said: 'writes unaffected, RPO 0', boundMs: bound.failoverMs, maxLossBytes: 0 },
      async (s) => {
        const [replica = ''] = s.replicas;
        await s.break('node-lost', replica);
        await s.detect(all(isDown(replica), isUnguarded(replica)));
        await s.always(briefMs, notReplaced(s.primary), isOnlyPrimary(s.primary));
        await s.untilWriting();
        s.note('primary unchanged');
        await s.heal();
      },
    );
  });

  test('the node of the primary is lost: another member takes over', async () => {
    await runScenario(
      ha(),
      { name: 'primary node lost', said: 'RTO about ttl + 10 s, RPO < 1 MB', boundMs: bound.failoverMs, maxLossBytes },
      async (s) => {
        await s.break('node-lost');
        await s.detect(all(isDown(s.primary), isUnguarded(s.primary)));
        await s.until('another member is the primary', isOnePrimaryOf(s.replicas));
        await s.untilWriting();
        s.note('failover');
        await s.heal();
      },
    );
  });

  test('a narrow network and a busy primary that is lost: no more is lost than maximum_lag_on_failover', async () => {
    await runScenario(
      ha(),
      {
        name: 'primary node lost, replicas behind',
        said: 'RPO < 1 MB (maximum_lag_on_failover)',
        boundMs: bound.failoverMs,
        maxLossBytes,
        payloadBytes: 24_000,
      },
      async (s) => {
        for (const replica of s.replicas) await ha().lab.break('replication-slow', replica);
        await s.untilWriting();
        await sleep(2_000);
        await s.break('node-lost');
        await s.detect(all(isDown(s.primary), isUnguarded(s.primary)));
        await s.until('another member is the primary', isOnePrimaryOf(s.replicas));
        await s.untilWriting();
        s.note('failover with lag');
        // First: nobody comes back through a narrow network in time.
        await ha().lab.heal('replication-slow');
        await s.heal();
        ha().healed.add('replication-slow');
      },
    );
  });
});

describe('etcd', () => {
  test('one member of three is lost: nothing happens', async () => {
    await runScenario(
      ha(),
      {
        name: 'etcd, one of three lost',
        said: 'service operates normally',
        boundMs: bound.failoverMs,
        maxLossBytes: 0,
      },
      async (s) => {
        await s.break('etcd-member-down');
        await s.always(aWhileMs, notReplaced(s.primary), isOnlyPrimary(s.primary));
        await s.untilWriting();
        s.note('primary unchanged, no failsafe mode at the end');
        await s.heal();
      },
    );
  });

  test('a majority is lost, failsafe mode on: the primary goes on and takes writes', async () => {
    await runScenario(
      ha(),
      {
        name: 'etcd, majority lost, failsafe on',
        said: 'failsafe mode; primary goes on, writes go on, no failover',
        boundMs: bound.failoverMs,
        maxLossBytes: 0,
      },
      async (s) => {
        await s.break('etcd-majority-lost');
        await s.detect(isFailsafe([s.primary]));
        await s.until('every member is in failsafe mode', isFailsafe([s.primary, ...s.replicas]));
        await s.always(
          aWhileMs,
          all(notOutOfFailsafe(s.primary), notReplaced(s.primary)),
          all(isFailsafe([s.primary]), isOnlyPrimary(s.primary)),
        );
        await s.untilWriting();
        s.note('failsafe mode on every member, primary writable for longer than ttl');
        await s.heal();
      },
    );
  });

  test('all is lost, failsafe mode on: the primary goes on and takes writes', async () => {
    await runScenario(
      ha(),
      {
        name: 'etcd gone, failsafe on',
        said: 'failsafe mode; primary goes on',
        boundMs: bound.failoverMs,
        maxLossBytes: 0,
      },
      async (s) => {
        await s.break('etcd-gone');
        await s.detect(isFailsafe([s.primary]));
        await s.always(
          aWhileMs,
          all(notOutOfFailsafe(s.primary), notReplaced(s.primary)),
          all(isFailsafe([s.primary]), isOnlyPrimary(s.primary)),
        );
        await s.untilWriting();
        s.note('failsafe mode, primary writable for longer than ttl');
        await s.heal();
      },
    );
  });

  test('two of three nodes are lost with their etcd, the primary survives: it steps back, for failsafe mode needs all', async () => {
    await runScenario(
      ha(),
      {
        name: 'two of three lost, primary survives',
        said: 'Pigsty: survivor goes on under failsafe mode; Patroni: it needs every member, else it demotes',
        maxLossBytes: 0,
      },
      async (s) => {
        // etcd is broken last and so healed first: a node that comes back needs it.
        for (const replica of s.replicas) await s.break('node-lost', replica);
        await s.break('etcd-majority-lost');
        await s.detect(all(...s.replicas.map(isDown)));
        await s.until('nobody is the primary', nobodyIsPrimary);
        await s.until('the survivor runs as a replica', isUp(s.primary));
        await s.untilNotWriting();
        s.note('survivor demoted, readable, not writable');
        await s.heal();
      },
    );
  });

  test('two of three nodes are lost with their etcd, a replica survives: it is not promoted', async () => {
    await runScenario(
      ha(),
      { name: 'two of three lost, replica survives', said: 'cannot be promoted automatically', maxLossBytes: 0 },
      async (s) => {
        const [other = '', survivor = ''] = s.replicas;
        // All within the lease of ten seconds: once it ends there is nobody left to give it to another.
        await s.break('node-lost', s.primary);
        await s.break('node-lost', other);
        await s.break('etcd-majority-lost');
        await s.detect(all(isDown(s.primary), isDown(other)));
        await s.always(aWhileMs, all(notDown(survivor), nobodyIsPrimary), all(isUp(survivor), nobodyIsPrimary));
        await s.untilNotWriting();
        s.note('no promotion for longer than ttl; readable, not writable');
        await s.heal();
      },
    );
  });
});

describe('network', () => {
  test('a replica alone loses etcd: nothing happens', async () => {
    await runScenario(
      ha(),
      { name: 'DCS partition, replica', said: 'nothing happens', boundMs: bound.failoverMs, maxLossBytes: 0 },
      async (s) => {
        const [replica = ''] = s.replicas;
        await s.break('replica-cut-from-etcd', replica);
        await s.always(
          aWhileMs,
          all(notDown(replica), notReplaced(s.primary)),
          all(isUp(replica), isOnlyPrimary(s.primary)),
        );
        await s.untilWriting();
        s.note('primary unchanged, the replica follows');
        await s.heal();
      },
    );
  });

  test('the primary alone loses etcd: it steps back and another member takes over, failsafe mode or not', async () => {
    await runScenario(
      ha(),
      {
        name: 'DCS partition, primary, failsafe on',
        said: 'primary demoted, failover',
        boundMs: bound.failoverMs,
        maxLossBytes,
      },
      async (s) => {
        await s.break('primary-cut-from-etcd');
        await s.detect((sight) =>
          sight.get(s.primary).patroni?.isFailsafeActive === true || !sight.leaders.includes(s.primary)
            ? undefined
            : 'the primary leads as if nothing had happened',
        );
        await s.until('another member is the primary and the old one is not', isOnePrimaryOf(s.replicas));
        await s.untilWriting();
        s.note('failover; never two leaders at the end');
        await s.heal();
      },
    );
  });

  test.each([true, false])('the primary is isolated, failsafe mode %s: another member takes over', async (failsafe) => {
    await ha().configure({ failsafe_mode: failsafe });
    await runScenario(
      ha(),
      {
        name: `isolation of the primary, failsafe ${failsafe ? 'on' : 'off'}`,
        said: 'old primary demotes itself, the majority elects another',
        boundMs: bound.failoverMs,
        maxLossBytes,
      },
      async (s) => {
        await s.break('primary-partitioned');
        await s.detect(all(isDown(s.primary), isUnguarded(s.primary)));
        await s.until('another member is the primary', isOnePrimaryOf(s.replicas));
        await s.untilWriting();
        // Over the Unix socket, from inside the isolated host: the only way to see it.
        const inside = await recoveryInside(s.primary);
        expect(inside, 'the isolated one does not take writes once another does').not.toBe('f');
        s.note(`failover; the isolated one ${inside === 't' ? 'is in recovery' : 'does not run'} by then`);
        await s.heal();
      },
    );
  });

  test('what the primary sends to the cluster vanishes, clients still reach it: it must not take their writes', async () => {
    await ha().configure({ failsafe_mode: true });
    await runScenario(
      ha(),
      {
        name: 'one-way partition of the primary',
        said: 'as isolation; HAProxy must leave the old primary',
        boundMs: bound.failoverMs,
        maxLossBytes,
      },
      async (s) => {
        await s.break('primary-partitioned-one-way');
        await s.detect((sight) => (sight.leaders.includes(s.primary) ? 'it still leads' : undefined));
        await s.until('another member is the primary and the old one is not', isOnePrimaryOf(s.replicas));
        await s.untilWriting();
        s.note('failover, clients were led to the new one');
        await s.heal();
      },
    );
  });

  test('etcd is gone and failsafe mode is off: nobody takes writes until it is back', async () => {
    await ha().configure({ failsafe_mode: false });
    try {
      await runScenario(
        ha(),
        { name: 'etcd gone, failsafe off', said: 'primary demoted, nobody is writable', maxLossBytes: 0 },
        async (s) => {
          await s.break('etcd-gone');
          await s.detect((sight) => (sight.leaders.includes(s.primary) ? 'it still leads' : undefined));
          await s.until('nobody is the primary', nobodyIsPrimary);
          await s.untilNotWriting();
          s.note('demoted, readable, not writable');
          await s.heal();
        },
      );
    } finally {
      await ha().configure({ failsafe_mode: true });
    }
  });
});

describe('the way to the cluster', () => {
  test.each([
    ['haproxy-killed', 'HAProxy killed', 'no entrance until another HAProxy is used'],
    [
      'pgbouncer-killed',
      'PgBouncer of the primary killed',
      'pooled service out, no failover: nobody looks at PgBouncer',
    ],
    ['pgbouncer-paused', 'PgBouncer of the primary paused', 'clients wait, no failover: nobody looks at PgBouncer'],
  ])('%s: clients are out while the cluster is well', async (fault, name, said) => {
    await runScenario(ha(), { name, said, maxLossBytes: 0 }, async (s) => {
      await s.break(fault);
      await s.untilNotWriting();
      await s.always(briefMs, notReplaced(s.primary), isOnlyPrimary(s.primary));
      await s.untilNotWriting();
      s.note('clients out, primary unchanged');
      await s.heal();
    });
  });
});

test('the disk for WAL is full on the primary: it takes no writes and starts in vain, until there is room', async () => {
  await runScenario(
    ha(),
    {
      name: 'WAL disk full, primary',
      said: 'PostgreSQL panics; restart attempts, then failover: 15-30 s, RPO < 1 MB',
      maxLossBytes,
    },
    async (s) => {
      await s.break('wal-disk-full');
      await s.detect((sight) => (sight.writable.includes(s.primary) ? 'it is seen writable' : undefined));
      // Longer than primary_start_timeout, after which Patroni may give the lock away; it does not always.
      await sleep(20_000);
      const { leaders } = await look(ha().lab);
      const isReplaced = leaders.some((name) => name !== s.primary);
      if (!isReplaced) await s.untilNotWriting();
      s.note(
        isReplaced
          ? 'PANIC, failover'
          : 'PANIC, then it starts in vain with the lock in its hands: no failover, writes out',
      );
      await s.heal();
    },
  );
});

describe('the faults that break no service', () => {
  testQuietFaults(ha);
});

/** Changes with every start of the server. */
async function postmasterStart(member: string): Promise<string> {
  const rows = await ha().lab.sql(member, 'SELECT pg_postmaster_start_time()');
  return rows[0]?.[0] ?? '';
}

/** `t`, `f`, or why not, asked inside the host over the Unix socket. */
async function recoveryInside(member: string): Promise<string> {
  try {
    const rows = await ha().lab.sql(member, 'SELECT pg_is_in_recovery()', { timeoutMs: 5_000 });
    return rows[0]?.[0] ?? 'no row';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
