import { expect, test } from 'vitest';
import { perMember } from '../patroni.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import type { PatroniConfigFact } from '../../probes/patroni/config.ts';
import { clusterStartTimeout } from './cluster-start-timeout.ts';

const judge = (config: PatroniConfigFact) =>
  clusterStartTimeout.evaluate({ 'patroni.config': perMember('.patroni', config) }, { objectiveSeconds: 60 }, seenAt);

test.each([
  ['hardened: the plan norm', 'pass', { primary_start_timeout: 25, primary_stop_timeout: 30 }],
  ['under the name of before 3.0', 'pass', { master_start_timeout: 25 }],
  ['weak: Patroni’s default of five minutes', 'warn', {}],
  ['synchronous, and a stop may hang', 'warn', { primary_start_timeout: 25, synchronous_mode: true }],
  [
    'synchronous and bounded',
    'pass',
    { primary_start_timeout: 25, primary_stop_timeout: 30, synchronous_mode: 'quorum' },
  ],
] as const)('%s: %s', (_, outcome, config) => {
  expect(judge(config).outcome).toBe(outcome);
});

test('the old name is asked for where it is used', () => {
  expect(evidenceLines(judge({ master_start_timeout: 25 }))[0]).toBe('pg-test-1.patroni master_start_timeout=25');
});
