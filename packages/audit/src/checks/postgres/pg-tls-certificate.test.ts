import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgTlsCertificate } from './pg-tls-certificate.ts';

type Offered = Extract<FactMap['pg.tls-endpoint'], { readonly offered: true }>;
const endpoint = (changes: Partial<Offered> = {}): Offered => ({
  offered: true,
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  subject: 'CN=pg-test-1',
  issuer: 'CN=test-ca',
  san: ['DNS:pg-test-1'],
  validFrom: '2026-11-01T00:00:00.000Z',
  validTo: '2027-11-01T08:09:05.000Z',
  keyType: 'rsa',
  keyBits: 2048,
  serial: '01',
  fingerprint256: 'AA:BB',
  chainLength: 1,
  ...changes,
});
const judge = (fact: FactMap['pg.tls-endpoint'], ssl = 'on') =>
  pgTlsCertificate.evaluate(
    { 'pg.tls-endpoint': fact, 'pg.settings': settingsFact({ ssl }) },
    pgTlsCertificate.params,
    seenAt,
  );

test('hardened: the evidence is what openssl prints', () => {
  const verdict = judge(endpoint());
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'validity of the certificate=notBefore=Nov  1 00:00:00 2026 GMT\nnotAfter=Nov  1 08:09:05 2027 GMT',
    'bits of its rsa key=2048',
  ]);
  expect(verdict.evidence[0]?.shell).toBe(
    'openssl s_client -starttls postgres -connect {host}:{port} </dev/null 2>/dev/null | openssl x509 -noout -dates',
  );
});

test.each([
  ['weak: expired', 'fail', { validTo: '2026-11-20T00:00:00.000Z' }],
  ['not valid yet', 'fail', { validFrom: '2026-11-22T00:00:00.000Z' }],
  ['expires within a week', 'fail', { validTo: '2026-11-27T00:00:00.000Z' }],
  ['expires within a month', 'warn', { validTo: '2026-12-15T00:00:00.000Z' }],
  ['a short RSA key', 'fail', { keyBits: 1024 }],
  ['a short EC key', 'fail', { keyType: 'ec', keyBits: 224 }],
  ['an EC key', 'pass', { keyType: 'ec', keyBits: 256 }],
  ['a type with one size', 'pass', { keyType: 'ed25519', keyBits: 256 }],
  ['twenty years, as a deployment tool made it', 'warn', { validTo: '2046-10-27T00:00:00.000Z' }],
] as const)('%s: %s', (_, outcome, changes) => {
  expect(judge(endpoint(changes)).outcome).toBe(outcome);
});

test('a server without TLS has no certificate to judge', () => {
  expect(judge({ offered: false }, 'off').outcome).toBe('not_applicable');
});

test('an address without TLS in front of a server with TLS decides nothing', () => {
  expect(judge({ offered: false }, 'on').outcome).toBe('undecided');
});
