import { expect, test } from 'vitest';
import { configFact } from '../pgbouncer.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerTlsProtocols } from './pgbouncer-tls-protocols.ts';

const on = { client_tls_sslmode: 'require' };

test.each([
  [on, 'pass'],
  [{ ...on, client_tls_protocols: 'tlsv1.2,tlsv1.3' }, 'pass'],
  [{ ...on, client_tls_ciphers: 'HIGH:!aNULL:!MD5:!3DES' }, 'pass'],
  [{ ...on, client_tls_protocols: 'all' }, 'fail'],
  [{ ...on, client_tls_protocols: 'tlsv1.1,tlsv1.2' }, 'fail'],
  [{ ...on, client_tls_ciphers: 'all' }, 'fail'],
  [{ ...on, server_tls_protocols: 'legacy' }, 'fail'],
  [{ server_tls_sslmode: 'disable' }, 'not_applicable'],
])('%j: %s', (values, outcome) => {
  expect(pgbouncerTlsProtocols.evaluate({ 'pgbouncer.config': configFact(values) }, {}, seenAt).outcome).toBe(outcome);
});
