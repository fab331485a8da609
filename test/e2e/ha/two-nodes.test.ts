import { rtoPlans, worstCaseOf } from '@pgattest/lab';
import { describe, test } from 'vitest';
import { clientTimeoutMs, useHaLab } from './ha-lab.ts';
import { runScenario } from './scenario.ts';
import {
  all,
  isDown,
  isOnePrimaryOf,
  isOnlyPrimary,
  isUnguarded,
  isUp,
  nobodyIsPrimary,
  notDown,
  notReplaced,
} from './signs.ts';

const bound = worstCaseOf({ ...rtoPlans.test, ttl: 10 }, clientTimeoutMs);
const maxLossBytes = 1_048_576;

describe('two nodes, etcd on both, no arbiter', () => {
  const ha = useHaLab('two', { nodes: 2, arbiter: false, failsafe: true, backup: false }, { ttl: 10 });

  test('the primary node is lost: the replica is not promoted, somebody must do it by hand', async () => {
    await runScenario(
      ha(),
      { name: 'one of two lost, the primary', said: 'manual intervention: no majority, no election', maxLossBytes: 0 },
      async (s) => {
        const [replica = ''] = s.replicas;
        await s.break('node-lost', s.primary);
        await s.detect(all(isDown(s.primary), isUnguarded(s.primary)));
        await s.always(20_000, all(notDown(replica), nobodyIsPrimary), all(isUp(replica), nobodyIsPrimary));
        await s.untilNotWriting();
        s.note('no promotion for longer than ttl; readable, not writable');
        await s.heal();
      },
    );
  });

  test('the replica node is lost: with it goes the majority, and failsafe mode needs the member that is gone', async () => {
    await runScenario(
      ha(),
      {
        name: 'one of two lost, the replica',
        said: 'Pigsty: primary goes on; Patroni: failsafe mode needs every member, else it demotes',
        maxLossBytes: 0,
      },
      async (s) => {
        const [replica = ''] = s.replicas;
        await s.break('node-lost', replica);
        await s.detect(all(isDown(replica), isUnguarded(replica)));
        await s.until('nobody is the primary', nobodyIsPrimary);
        await s.untilNotWriting();
        s.note('primary demoted, readable, not writable');
        await s.heal();
      },
    );
  });
});

describe('two nodes and an arbiter for etcd', () => {
  const ha = useHaLab('arbiter', { nodes: 2, arbiter: true, failsafe: true, backup: false }, { ttl: 10 });

  test('the primary node is lost: the replica takes over', async () => {
    await runScenario(
      ha(),
      {
        name: 'one of two and an arbiter lost, the primary',
        said: 'automatic, as with three nodes',
        boundMs: bound.failoverMs,
        maxLossBytes,
      },
      async (s) => {
        await s.break('node-lost', s.primary);
        await s.detect(all(isDown(s.primary), isUnguarded(s.primary)));
        await s.until('the other member is the primary', isOnePrimaryOf(s.replicas));
        await s.untilWriting();
        s.note('failover');
        await s.heal();
      },
    );
  });

  test('the replica node is lost: the primary goes on', async () => {
    await runScenario(
      ha(),
      {
        name: 'one of two and an arbiter lost, the replica',
        said: 'primary goes on',
        boundMs: bound.failoverMs,
        maxLossBytes: 0,
      },
      async (s) => {
        const [replica = ''] = s.replicas;
        await s.break('node-lost', replica);
        await s.detect(all(isDown(replica), isUnguarded(replica)));
        await s.always(15_000, notReplaced(s.primary), isOnlyPrimary(s.primary));
        await s.untilWriting();
        s.note('primary unchanged');
        await s.heal();
      },
    );
  });
});
