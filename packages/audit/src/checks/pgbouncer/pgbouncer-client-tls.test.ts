import { expect, test } from 'vitest';
import { configFact } from '../pgbouncer.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgbouncerClientTls } from './pgbouncer-client-tls.ts';

const judge = (mode: string, listen = '10.0.0.11', clientCertificates = false) =>
  pgbouncerClientTls.evaluate(
    { 'pgbouncer.config': configFact({ client_tls_sslmode: mode, listen_addr: listen }) },
    { clientCertificates },
    seenAt,
  );

test.each([
  ['disable', 'fail'],
  ['allow', 'fail'],
  ['prefer', 'fail'],
  ['require', 'pass'],
  ['verify-ca', 'pass'],
  ['verify-full', 'pass'],
])('%s: %s', (mode, outcome) => {
  expect(judge(mode).outcome).toBe(outcome);
});

test('it matters on a network only, and more where clients must have certificates', () => {
  expect(judge('disable', '').outcome).toBe('not_applicable');
  expect(judge('disable', '127.0.0.1,::1').outcome).toBe('not_applicable');
  expect(judge('disable', '127.0.0.1,10.0.0.11').outcome).toBe('fail');
  expect(judge('require', '*', true).outcome).toBe('warn');
  expect(evidenceLines(judge('require'))).toEqual([
    'client_tls_sslmode, listen_addr=client_tls_sslmode=require\nlisten_addr=10.0.0.11',
  ]);
});
