import { expect, test } from 'vitest';
import { clusterFact, leaderFact, memberFact, perMember } from '../patroni.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { clusterFailureDomains } from './cluster-failure-domains.ts';

const judge = (zones: Record<string, string>, ...hosts: readonly string[]) =>
  clusterFailureDomains.evaluate(
    {
      'patroni.cluster': perMember(
        '.patroni',
        clusterFact([leaderFact('pg-1', { host: hosts[0] ?? null }), memberFact('pg-2', { host: hosts[1] ?? null })]),
      ),
    },
    { zones },
    seenAt,
  );

test.each([
  ['hardened: two zones', 'pass', { 'pg-1': 'a', 'pg-2': 'b' }, ['10.0.0.1', '10.0.0.2']],
  ['one zone', 'warn', { 'pg-1': 'a', 'pg-2': 'a' }, ['10.0.0.1', '10.0.0.2']],
  ['weak: one host', 'fail', { 'pg-1': 'a', 'pg-2': 'b' }, ['10.0.0.1', '10.0.0.1']],
  ['zones that nobody declared', 'undecided', { 'pg-1': 'a' }, ['10.0.0.1', '10.0.0.2']],
] as const)('%s: %s', (_, outcome, zones, hosts) => {
  expect(judge({ ...zones }, ...hosts).outcome).toBe(outcome);
});
