import { expect, test } from 'vitest';
import { databasesFact, role, rolesFact } from '../roles.fixture.ts';
import { hbaFact } from '../hba.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgTlsRequired } from './pg-tls-required.ts';

const judge = (lines: readonly string[], clusterNetworks: readonly string[] = []) =>
  pgTlsRequired.evaluate(
    {
      'pg.hba': hbaFact(...lines),
      'pg.roles': rolesFact([role('app'), role('replicator', { replication: true }), role('monitor')]),
      'pg.databases': databasesFact(['shop']),
    },
    { clusterNetworks, clusterRoles: ['monitor'] },
    seenAt,
  );

test.each([
  ['hardened: hostssl only', 'pass', ['local all all peer', 'hostssl all all 10.0.0.0/8 scram-sha-256']],
  [
    'plain text on the machine itself',
    'pass',
    ['host all all 127.0.0.1/32 scram-sha-256', 'host all all ::1/128 scram-sha-256'],
  ],
  ['weak: the client chooses', 'fail', ['host all all 10.0.0.0/8 scram-sha-256']],
  ['only without encryption', 'fail', ['hostnossl shop app 10.0.0.0/8 scram-sha-256']],
  [
    'host after a rejection of plain text',
    'pass',
    [
      'hostnossl all,replication all 0.0.0.0/0 reject',
      'hostnossl all,replication all ::/0 reject',
      'host all all 0.0.0.0/0 scram-sha-256',
    ],
  ],
  [
    'a rejection that forgets a network',
    'fail',
    ['hostnossl all all 10.0.0.0/9 reject', 'host all all 10.0.0.0/8 scram-sha-256'],
  ],
  ['a rule for a role that does not exist', 'pass', ['host shop nobody 10.0.0.0/8 scram-sha-256']],
  ['a reject rule admits nobody', 'pass', ['host all all 0.0.0.0/0 reject']],
  ['no rule at all', 'pass', []],
])('%s: %s', (_, outcome, lines) => {
  expect(judge(lines).outcome).toBe(outcome);
});

test('inside the declared cluster networks replication and monitoring are a warning', () => {
  const inside = [
    'host replication replicator 10.1.0.0/16 scram-sha-256',
    'host postgres monitor 10.1.0.0/16 scram-sha-256',
  ];
  expect(judge(inside, ['10.1.0.0/16']).outcome).toBe('warn');
  expect(judge(inside, ['10.1.0.0/24']).outcome).toBe('fail');
  expect(judge(['host shop app 10.1.0.0/16 scram-sha-256'], ['10.1.0.0/16']).outcome).toBe('fail');
});

test('the rule is evidence, named by its line', () => {
  const verdict = judge(['local all all peer', 'host shop app 10.0.0.0/8 scram-sha-256']);
  expect(evidenceLines(verdict)).toEqual(['line 2=2|host|{shop}|{app}|10.0.0.0|255.0.0.0|scram-sha-256']);
});
