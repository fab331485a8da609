import { expect, test } from 'vitest';
import { strangerFact } from '../etcd.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { etcdClientTls } from './etcd-client-tls.ts';

test.each([
  ['hardened', 'pass', strangerFact()],
  ['encrypted, but open to everybody', 'fail', strangerFact({ answered: true })],
  ['weak: plain HTTP', 'fail', strangerFact({ scheme: 'http', tls: null, answered: true })],
] as const)('%s: %s', (_, outcome, tls) => {
  expect(etcdClientTls.evaluate({ 'etcd.tls': tls }, {}, seenAt).outcome).toBe(outcome);
});

test('the evidence says what a stranger is told', () => {
  expect(evidenceLines(etcdClientTls.evaluate({ 'etcd.tls': strangerFact() }, {}, seenAt))).toEqual([
    'a stranger at https://10.0.1.1:2379=refused',
  ]);
});
