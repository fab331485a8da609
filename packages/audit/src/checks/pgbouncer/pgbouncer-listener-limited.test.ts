import { expect, test } from 'vitest';
import { configFact } from '../pgbouncer.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerListenerLimited } from './pgbouncer-listener-limited.ts';

test.each([
  [{ listen_addr: '10.0.0.11', unix_socket_mode: '0770' }, 'pass'],
  // As 1.18 shows 0700 and 0777.
  [{ unix_socket_mode: '448' }, 'pass'],
  [{ unix_socket_mode: '511' }, 'warn'],
  [{ unix_socket_mode: '0777', unix_socket_dir: '' }, 'pass'],
  [{ listen_addr: '*', unix_socket_mode: '0700' }, 'warn'],
  [{ listen_addr: '127.0.0.1, 0.0.0.0', unix_socket_mode: '0700' }, 'warn'],
  [{ unix_socket_mode: '0777', auth_type: 'trust' }, 'fail'],
])('%j: %s', (values, outcome) => {
  const facts = { 'pgbouncer.config': configFact({ auth_type: 'scram-sha-256', ...values }) };
  expect(pgbouncerListenerLimited.evaluate(facts, {}, seenAt).outcome).toBe(outcome);
});
