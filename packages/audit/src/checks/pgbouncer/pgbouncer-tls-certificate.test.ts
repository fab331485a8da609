import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { configFact } from '../pgbouncer.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerTlsCertificate } from './pgbouncer-tls-certificate.ts';

type Tls = FactMap['pgbouncer.tls'];
const certificate: Extract<Tls, { readonly offered: true }> = {
  offered: true,
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  subject: 'CN=pg-test-1',
  issuer: 'CN=ca',
  san: [],
  validFrom: '2026-06-01T00:00:00.000Z',
  validTo: '2027-06-01T00:00:00.000Z',
  keyType: 'rsa',
  keyBits: 3072,
  serial: '1',
  fingerprint256: 'AA:BB',
  chainLength: 1,
};
const judge = (tls: Tls, mode = 'require') =>
  pgbouncerTlsCertificate.evaluate(
    { 'pgbouncer.config': configFact({ client_tls_sslmode: mode }), 'pgbouncer.tls': tls },
    pgbouncerTlsCertificate.params,
    seenAt,
  );

test.each([
  [certificate, 'pass'],
  [{ ...certificate, validTo: '2026-11-20T00:00:00.000Z' }, 'fail'],
  [{ ...certificate, validTo: '2026-11-25T00:00:00.000Z' }, 'fail'],
  [{ ...certificate, validTo: '2026-12-15T00:00:00.000Z' }, 'warn'],
  [{ ...certificate, validFrom: '2026-12-01T00:00:00.000Z' }, 'fail'],
  [{ ...certificate, validTo: '2046-06-01T00:00:00.000Z' }, 'warn'],
  [{ ...certificate, keyBits: 1024 }, 'fail'],
  [{ ...certificate, keyType: 'ec', keyBits: 256 }, 'pass'],
] as const)('%j: %s', (tls, outcome) => {
  expect(judge(tls).outcome).toBe(outcome);
});

test('no TLS is the matter of another check, unless the address is not PgBouncer’s', () => {
  expect(judge({ offered: false }, 'disable').outcome).toBe('not_applicable');
  expect(judge({ offered: false }, 'require').outcome).toBe('undecided');
});
