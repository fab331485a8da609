import { expect, test } from 'vitest';
import { strangerFact } from '../etcd.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { etcdCertificate } from './etcd-certificate.ts';

const plain = strangerFact({ scheme: 'http', tls: null, answered: true });
const port = (changes: Partial<NonNullable<ReturnType<typeof strangerFact>['tls']>> = {}) => {
  const fact = strangerFact();
  return { ...fact, tls: fact.tls === null ? null : { ...fact.tls, ...changes } };
};

test.each([
  ['hardened', 'pass', port(), port()],
  ['weak: a peer certificate that has expired', 'fail', port(), port({ validTo: '2026-11-21T11:00:00.000Z' })],
  ['one that ends this week', 'fail', port({ validTo: '2026-11-25T00:00:00.000Z' }), port()],
  ['one that ends this month', 'warn', port({ validTo: '2026-12-10T00:00:00.000Z' }), port()],
  ['one that etcd made for itself', 'fail', port({ subject: 'O=etcd', issuer: 'O=etcd' }), port()],
  ['one from tomorrow', 'fail', port({ validFrom: '2026-11-22T12:00:00.000Z' }), port()],
  ['no TLS at all', 'not_applicable', plain, plain],
  ['TLS for clients only', 'pass', port(), plain],
] as const)('%s: %s', (_, outcome, client, peer) => {
  const facts = { 'etcd.tls': client, 'etcd.peer-tls': [peer] };
  expect(etcdCertificate.evaluate(facts, etcdCertificate.params, seenAt).outcome).toBe(outcome);
});
