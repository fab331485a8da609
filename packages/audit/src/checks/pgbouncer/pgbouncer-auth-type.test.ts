import { expect, test } from 'vitest';
import { configFact } from '../pgbouncer.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerAuthType } from './pgbouncer-auth-type.ts';

test.each([
  ['scram-sha-256', 'disable', 'pass'],
  ['cert', 'verify-full', 'pass'],
  ['hba', 'disable', 'pass'],
  ['md5', 'require', 'warn'],
  ['plain', 'require', 'fail'],
  ['trust', 'require', 'fail'],
  ['any', 'require', 'fail'],
  ['pam', 'disable', 'fail'],
  ['ldap', 'require', 'pass'],
])('%s with client_tls_sslmode %s: %s', (type, mode, outcome) => {
  const config = configFact({ auth_type: type, client_tls_sslmode: mode });
  expect(pgbouncerAuthType.evaluate({ 'pgbouncer.config': config }, {}, seenAt).outcome).toBe(outcome);
});
