import { expect, test } from 'vitest';
import { perMember } from '../patroni.fixture.ts';
import { serverFact } from '../server.fixture.ts';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { clusterDelayedReplica } from './cluster-delayed-replica.ts';

const judge = (delayed: Record<string, number>, ...delays: readonly (string | undefined)[]) =>
  clusterDelayedReplica.evaluate(
    {
      'pg.settings': perMember(
        '',
        ...delays.map((value) => (value === undefined ? undefined : settingsFact({ recovery_min_apply_delay: value }))),
      ),
      'pg.server': perMember('', ...delays.map((_, index) => serverFact({ inRecovery: index > 0 }))),
    },
    { delayed },
    seenAt,
  );

test.each([
  ['hardened: late as declared', 'pass', { 'pg-test-3': 3600 }, ['0', '0', '3600000']],
  ['weak: declared, but not late', 'warn', { 'pg-test-3': 3600 }, ['0', '0', '0']],
  ['late without being meant to be', 'warn', {}, ['0', '60000']],
  ['nothing declared, nobody late', 'not_applicable', {}, ['0', '0']],
  ['the primary’s own value does not matter', 'not_applicable', {}, ['60000', '0']],
  ['the declared one leads', 'warn', { 'pg-test-1': 60 }, ['0', '0']],
  ['a member out of sight', 'undecided', {}, ['0', undefined]],
] as const)('%s: %s', (_, outcome, delayed, delays) => {
  expect(judge({ ...delayed }, ...delays).outcome).toBe(outcome);
});
