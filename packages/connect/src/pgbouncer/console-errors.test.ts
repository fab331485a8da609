import { expect, test } from 'vitest';
import { ConnectError } from '../errors.ts';
import { toConsoleError } from './console-errors.ts';

/** As `pg` gives what the server sent: PgBouncer has one SQLSTATE for almost everything. */
function sent(message: string): Error {
  return Object.assign(new Error(message), { code: '08P01', severity: 'FATAL' });
}

test.each([
  ['not allowed', 'permission_denied', 'add the user to stats_users'],
  ['admin access needed', 'permission_denied', 'report this'],
  ['SASL authentication failed', 'auth_failed', 'check user and password'],
  ['password authentication failed', 'auth_failed', 'check user and password'],
  ['no such user: x', 'auth_failed', 'check user and password'],
  ['unsupported startup parameter: options', 'unsupported', 'ignore_startup_parameters'],
  ['SSL required', 'tls_failed', 'sslmode=require'],
  ['no more connections allowed (max_client_conn)', 'too_many_connections', 'raise max_client_conn'],
  ['no such database: x', 'config_invalid', 'name the database pgbouncer'],
  ['pgbouncer is shutting down', 'unreachable', 'wait'],
  ["invalid command 'SHOW STATE', use SHOW HELP;", 'unsupported', 'this version does not have the command'],
])('%j is %s, with what to do', (message, code, remedy) => {
  const error = toConsoleError(sent(message), 'cannot open the console h:6432/pgbouncer');
  expect(error.code).toBe(code);
  expect(error.message).toContain('cannot open the console h:6432/pgbouncer: ');
  expect(error.message).toContain(remedy);
});

test('an error of ours stays what it is, and an unknown one keeps the class of its SQLSTATE', () => {
  const ours = new ConnectError('timeout', 'x');
  expect(toConsoleError(ours, 'y')).toBe(ours);
  expect(toConsoleError(sent('something new'), 'y').code).toBe('unsupported');
  expect(toConsoleError(new Error('read ECONNRESET'), 'y').code).toBe('unreachable');
});
