import { expect, test } from 'vitest';
import { perMember } from '../patroni.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import type { PatroniConfigFact } from '../../probes/patroni/config.ts';
import { clusterPatroniTiming } from './cluster-patroni-timing.ts';

const judge = (...configs: readonly (PatroniConfigFact | undefined)[]) =>
  clusterPatroniTiming.evaluate(
    { 'patroni.config': perMember('.patroni', ...configs) },
    clusterPatroniTiming.params,
    seenAt,
  );
const timers = (ttl: number, loop_wait: number, retry_timeout: number) => ({ ttl, loop_wait, retry_timeout });

test.each([
  ['hardened: the plan norm', 'pass', timers(30, 5, 10)],
  ['Patroni’s defaults, which the configuration need not name', 'pass', {}],
  ['weak: a lease that ends while it is being renewed', 'fail', timers(20, 10, 10)],
  ['below the minimums, whatever the sum', 'fail', timers(10, 1, 3)],
  ['numbers written as text', 'fail', { ttl: '20' }],
] as const)('%s: %s', (_, outcome, config) => {
  expect(judge(config, undefined).outcome).toBe(outcome);
});

test('the evidence is what jq prints, null for a default', () => {
  expect(evidenceLines(judge({ ttl: 40 }))).toEqual([
    'pg-test-1.patroni ttl=40',
    'pg-test-1.patroni loop_wait=null',
    'pg-test-1.patroni retry_timeout=null',
  ]);
});

test('members that answer different configurations decide nothing', () => {
  expect(judge(timers(30, 5, 10), timers(60, 10, 20)).outcome).toBe('undecided');
});
