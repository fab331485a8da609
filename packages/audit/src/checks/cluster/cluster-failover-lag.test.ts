import { expect, test } from 'vitest';
import { perMember } from '../patroni.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { clusterFailoverLag } from './cluster-failover-lag.ts';

test.each([
  ['hardened: as much as may be lost', 'pass', { maximum_lag_on_failover: 1_048_576 }, 1_048_576],
  ['Patroni’s default', 'pass', {}, 1_048_576],
  ['weak: a gigabyte', 'fail', { maximum_lag_on_failover: 1_073_741_824 }, 1_048_576],
  ['nothing may be lost, but replication is asynchronous', 'fail', {}, 0],
  ['nothing may be lost, and commits wait', 'pass', { synchronous_mode: true }, 0],
  ['a quorum waits', 'pass', { synchronous_mode: 'quorum', maximum_lag_on_failover: 9_000_000 }, 0],
  ['no byte at all', 'warn', { maximum_lag_on_failover: 0 }, 1_048_576],
] as const)('%s: %s', (_, outcome, config, rpoBytes) => {
  const facts = { 'patroni.config': perMember('.patroni', config) };
  expect(clusterFailoverLag.evaluate(facts, { rpoBytes }, seenAt).outcome).toBe(outcome);
});
