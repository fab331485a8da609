import { rtoPlans, worstCaseOf } from '@pgattest/lab';
import { expect, test } from 'vitest';
import { clientTimeoutMs, useHaLab } from './ha-lab.ts';
import { runScenario } from './scenario.ts';
import { all, hasFallen, isDown, isOnePrimaryOf, isOnlyPrimary, isUnguarded, notReplaced } from './signs.ts';

// The plan of production, in the lab where nothing may be lost: HAProxy's checks have its timing too.
const ha = useHaLab('crit', { durability: 'crit', failsafe: true, rto: 'norm', backup: false });

const production = worstCaseOf(rtoPlans.norm, clientTimeoutMs);
// Patroni's timers are made short after the first scenario; HAProxy keeps those of the plan.
const quick = worstCaseOf({ ...rtoPlans.norm, ttl: 10, loopWait: 1, retryTimeout: 3 }, clientTimeoutMs);

test('as in production: the node of the primary is lost, the synchronous standby takes over, nothing is lost', async () => {
  await runScenario(
    ha(),
    {
      name: 'primary node lost, synchronous, default plan',
      said: 'RTO 15-40 s, RPO 0',
      boundMs: production.failoverMs,
      maxLossBytes: 0,
    },
    async (s) => {
      const standby = await syncStandby();
      await s.break('node-lost');
      await s.detect(all(isDown(s.primary), isUnguarded(s.primary)));
      const sight = await s.until('another member is the primary', isOnePrimaryOf(s.replicas));
      expect(sight.writable, 'only the synchronous standby has everything').toEqual([standby]);
      await s.untilWriting();
      s.note('the synchronous standby took over');
      await s.heal();
    },
  );
  await ha().configure({ ttl: 10, loop_wait: 1, retry_timeout: 3 });
});

test('PostgreSQL down on the primary: nothing that was acknowledged is lost', async () => {
  await runScenario(
    ha(),
    { name: 'PG down, primary, synchronous', said: 'RPO 0', boundMs: quick.restartMs, maxLossBytes: 0 },
    async (s) => {
      await s.break('primary-postmaster-killed');
      await s.detect(hasFallen(s.primary, s.before));
      const sight = await s.until('there is one primary', isOnePrimaryOf([s.primary, ...s.replicas]));
      await s.untilWriting();
      s.note(sight.writable[0] === s.primary ? 'restarted in place' : 'the synchronous standby took over');
      await s.heal();
    },
  );
});

test('the primary is isolated while clients write: nothing that was acknowledged is lost', async () => {
  await runScenario(
    ha(),
    { name: 'isolation of the primary, synchronous', said: 'RPO 0', boundMs: quick.failoverMs, maxLossBytes: 0 },
    async (s) => {
      await s.break('primary-partitioned');
      await s.detect(all(isDown(s.primary), isUnguarded(s.primary)));
      await s.until('another member is the primary', isOnePrimaryOf(s.replicas));
      await s.untilWriting();
      s.note('failover');
      await s.heal();
    },
  );
});

test('the synchronous standby is lost: another one takes its part and writes go on', async () => {
  await runScenario(
    ha(),
    {
      name: 'synchronous standby lost',
      said: 'commits wait until another replica is synchronous',
      boundMs: quick.failoverMs,
      maxLossBytes: 0,
    },
    async (s) => {
      const lost = await syncStandby();
      await s.break('sync-standby-lost');
      await s.detect(all(isDown(lost), isUnguarded(lost)));
      await s.until('the primary stays', isOnlyPrimary(s.primary));
      await s.untilWriting();
      const now = await syncStandby();
      expect(now).not.toBe(lost);
      s.note('the other replica became synchronous, primary unchanged');
      await s.heal();
    },
  );
});

test('every standby is lost in strict mode: writes wait, nothing is acknowledged that only one node has', async () => {
  await runScenario(
    ha(),
    {
      name: 'every standby lost, strict',
      said: 'Pigsty: temporarily asynchronous; Patroni: strict mode blocks writes',
      maxLossBytes: 0,
    },
    async (s) => {
      for (const replica of s.replicas) await s.break('node-lost', replica);
      await s.detect(all(...s.replicas.map(isDown)));
      await s.untilNotWriting();
      await s.always(5_000, notReplaced(s.primary), isOnlyPrimary(s.primary));
      await s.untilNotWriting();
      s.note('primary up and readable, writes blocked');
      await s.heal();
    },
  );
});

async function syncStandby(): Promise<string> {
  const primary = await ha().lab.findPrimary();
  if (primary === undefined) throw new Error('no primary');
  const rows = await ha().lab.sql(
    primary,
    `SELECT application_name FROM pg_stat_replication WHERE sync_state = 'sync'`,
  );
  return rows[0]?.[0] ?? '';
}
