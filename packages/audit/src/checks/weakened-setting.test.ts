import { expect, test } from 'vitest';
import { settingsFact } from './settings.fixture.ts';
import { findWeakening, isSecurityParameter } from './weakened-setting.ts';

const server = settingsFact({
  log_statement: 'ddl',
  log_connections: 'receipt,authentication',
  log_disconnections: 'off',
  'pgaudit.log': 'ddl, role',
  synchronous_commit: 'on',
});

test.each([
  ['log_statement', 'none', true],
  ['log_statement', 'ddl', false],
  ['log_statement', 'all', false],
  ['log_connections', 'off', true],
  ['log_connections', '', true],
  ['log_connections', 'all', false],
  ['log_disconnections', 'off', false],
  ['pgaudit.log', 'ddl', true],
  ['pgaudit.log', 'all', false],
  ['log_min_error_statement', 'panic', true],
  ['log_min_error_statement', 'log', true],
  ['log_min_messages', 'log', false],
  ['log_min_messages', 'fatal', true],
  ['password_encryption', 'md5', true],
  ['password_encryption', 'scram-sha-256', false],
  ['row_security', 'off', true],
  ['row_security', 'on', false],
  ['session_replication_role', 'replica', true],
  ['session_replication_role', 'origin', false],
  ['synchronous_commit', 'off', true],
  ['synchronous_commit', 'local', true],
  ['synchronous_commit', 'remote_write', true],
  ['synchronous_commit', 'on', false],
  ['synchronous_commit', 'true', false],
  ['synchronous_commit', 'remote_apply', false],
  ['work_mem', '1GB', false],
])('%s = %j bound to a role weakens: %j', (name, value, weaker) => {
  expect(findWeakening({ database: null, role: 'app', name, value }, server) !== undefined).toBe(weaker);
});

test.each([
  ['log_statement', true],
  ['pgaudit.role', true],
  ['ssl_cert_file', true],
  ['synchronous_commit', false],
  ['shared_preload_libraries', true],
  ['work_mem', false],
  ['search_path', false],
])('%s is a security parameter: %j', (name, expected) => {
  expect(isSecurityParameter(name)).toBe(expected);
});
