import { expect, test } from 'vitest';
import { strangerFact } from '../etcd.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { patroniRestTls } from './patroni-rest-tls.ts';

const plain = strangerFact({ url: 'http://10.0.0.1:8008', scheme: 'http', tls: null, answered: true });
const withCertificate = (changes: Partial<NonNullable<ReturnType<typeof strangerFact>['tls']>>) => {
  const fact = strangerFact({ answered: true });
  return { ...fact, tls: fact.tls === null ? null : { ...fact.tls, ...changes } };
};

test.each([
  ['hardened: nothing without a certificate', 'pass', strangerFact(), null],
  ['changes need a certificate', 'pass', strangerFact({ answered: true }), 403],
  ['encrypted, but everybody may ask', 'warn', strangerFact({ answered: true }), 401],
  ['weak: plain HTTP', 'fail', plain, 401],
  ['an expired certificate', 'fail', withCertificate({ validTo: '2026-11-20T00:00:00.000Z' }), 403],
  ['one that ends soon', 'warn', withCertificate({ validTo: '2026-12-10T00:00:00.000Z' }), 403],
  ['a weak key', 'fail', withCertificate({ keyType: 'rsa', keyBits: 1024 }), 403],
  ['self-signed', 'fail', withCertificate({ issuer: 'CN=etcd-1' }), 403],
] as const)('%s: %s', (_, outcome, tls, status) => {
  const facts = { 'patroni.tls': tls, 'patroni.exposure': { status } };
  expect(patroniRestTls.evaluate(facts, patroniRestTls.params, seenAt).outcome).toBe(outcome);
});
