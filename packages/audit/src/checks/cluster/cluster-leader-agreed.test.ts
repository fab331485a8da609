import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { clusterFact, leaderFact, memberFact, perMember } from '../patroni.fixture.ts';
import { serverFact } from '../server.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { clusterLeaderAgreed } from './cluster-leader-agreed.ts';

const view = clusterFact([leaderFact('pg-test-1'), memberFact('pg-test-2')]);
const other = clusterFact([memberFact('pg-test-1'), leaderFact('pg-test-2')]);
const nobody = clusterFact([memberFact('pg-test-1'), memberFact('pg-test-2')]);
const follower = clusterFact([leaderFact('pg-test-1', { role: 'standby_leader' }), memberFact('pg-test-2')]);
type Clusters = readonly (FactMap['patroni.cluster'] | undefined)[];

test.each([
  ['hardened', 'pass', [view, view], [false, true]],
  ['a standby cluster, in which nobody writes', 'pass', [follower, follower], [true, true]],
  ['weak: an orphan that still takes writes', 'fail', [view, view], [false, false]],
  ['an orphan whose Patroni is dead', 'fail', [undefined, other], [false, false]],
  ['two opinions', 'fail', [view, other], [false, true]],
  ['no leader', 'fail', [nobody, nobody], [true, true]],
  ['a leader in recovery', 'fail', [view, view], [true, true]],
  ['a standby cluster in which somebody writes', 'fail', [follower, follower], [false, true]],
  ['a member whose Patroni is silent', 'undecided', [view, undefined], [false, true]],
  ['a server that is silent', 'undecided', [view, view], [false, undefined]],
] as const)('%s: %s', (_, outcome, clusters: Clusters, recovery: readonly (boolean | undefined)[]) => {
  const facts = {
    'patroni.cluster': perMember('.patroni', ...clusters),
    'pg.server': perMember(
      '',
      ...recovery.map((inRecovery) => (inRecovery === undefined ? undefined : serverFact({ inRecovery }))),
    ),
  };
  expect(clusterLeaderAgreed.evaluate(facts, {}, seenAt).outcome).toBe(outcome);
});
