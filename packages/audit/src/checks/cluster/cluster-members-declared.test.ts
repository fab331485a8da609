import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import type { Observation } from '../../probe.ts';
import { senderFact } from '../server.fixture.ts';
import { evidenceLines, ok, seenAt, unreachable } from '../settings.fixture.ts';
import { clusterMembersDeclared } from './cluster-members-declared.ts';

type Source = FactMap['cluster.inventory']['sources'][number];
type Member = FactMap['cluster.inventory']['declared'][number];

const member = (number: number, over: Partial<Member> = {}): Member => ({
  name: `pg-test-${number}`,
  host: `10.0.0.${number}`,
  port: 5432,
  role: number === 1 ? 'leader' : 'replica',
  ...over,
});
const both = [member(1), member(2)];
const source = (from: Source['from'], members: Source['members'], notes: readonly string[] = []): Source => ({
  from,
  place: from,
  command: `ask ${from}`,
  printed: 'pg-test-1\npg-test-2',
  members,
  notes,
});
const knows = (from: Source['from'], list: readonly Member[], notes: readonly string[] = []): Source =>
  source(from, { status: 'ok', list }, notes);
const silent = source('etcd', { status: 'unavailable', code: 'timeout', message: 'no answer' });

function judge(
  sources: readonly Source[],
  senders: Observation<FactMap['pg.replication']> = ok([senderFact({ applicationName: 'pg-test-2' })]),
  known: readonly string[] = [],
) {
  const standbyCluster = { is: false, says: 'patroni' } as const;
  return clusterMembersDeclared.evaluate(
    {
      'cluster.inventory': new Map([['pg-test', ok({ declared: both, sources, standbyCluster })]]),
      'pg.replication': new Map([
        ['pg-test-1', senders],
        ['pg-test-2', ok([])],
      ]),
    },
    { known },
    seenAt,
  );
}

test('hardened: everybody knows the declared members and no other', () => {
  const verdict = judge([knows('patroni', both), knows('etcd', both)]);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'pg-test members as patroni names them=pg-test-1\npg-test-2',
    'pg-test members as etcd names them=pg-test-1\npg-test-2',
    'pg-test-1 standbys it streams to=pg-test-2',
    'pg-test-2 standbys it streams to=',
  ]);
});

test.each([
  [
    'weak: Patroni knows one more',
    [knows('patroni', [...both, member(3)])],
    /patroni knows pg-test-3 \(10\.0\.0\.3\)/u,
  ],
  ['a declared member is not in etcd', [knows('etcd', [member(1)])], /pg-test-2 is declared, and etcd/u],
  ['one knows more while another is silent', [silent, knows('patroni', [...both, member(3)])], /pg-test-3/u],
] as const)('%s: fail', (_, sources, reason) => {
  const verdict = judge(sources);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toMatch(reason);
});

test('a standby that streams and is not declared fails, unless it is known', () => {
  const stranger = ok([senderFact({ applicationName: 'dr-site', clientAddress: '10.9.0.1' })]);
  expect(judge([], stranger)).toMatchObject({
    outcome: 'fail',
    reason: { en: 'dr-site (10.9.0.1) streams from pg-test-1 and is not declared' },
  });
  expect(judge([], stranger, ['dr-site']).outcome).toBe('pass');
  expect(judge([], ok([senderFact({ applicationName: 'sub', logical: true })])).outcome).toBe('pass');
});

test.each([
  [
    'another address',
    [knows('patroni', [member(1), member(2, { host: '10.0.0.9' })])],
    /10\.0\.0\.2:5432.*10\.0\.0\.9/u,
  ],
  ['another port', [knows('patroni', [member(1), member(2, { port: 5433 })])], /10\.0\.0\.2:5433/u],
  [
    'an inventory with another primary',
    [knows('patroni', both), knows('pigsty', [member(1, { role: 'replica' }), member(2, { role: 'primary' })])],
    /gives pg-test-2 the role primary, Patroni's leader is pg-test-1/u,
  ],
  ['something not understood', [knows('pigsty', [member(1, { role: 'primary' }), member(2)], ['group x'])], /group x/u],
] as const)('%s: warn', (_, sources, reason) => {
  const verdict = judge(sources);
  expect(verdict.outcome).toBe('warn');
  expect(verdict.reason.en).toMatch(reason);
});

test('a name and an address do not compare', () => {
  expect(judge([knows('patroni', [member(1, { host: 'db1.example' }), member(2)])]).outcome).toBe('pass');
});

test.each([
  ['a source is silent', judge([knows('patroni', both), silent])],
  ['a member hides its standbys', judge([knows('patroni', both)], unreachable)],
])('when %s it is not decided', (_, verdict) => {
  expect(verdict.outcome).toBe('undecided');
});
