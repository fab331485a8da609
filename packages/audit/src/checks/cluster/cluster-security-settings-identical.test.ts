import { expect, test } from 'vitest';
import { membersFact, primaryOf, standby } from '../cluster.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { clusterSecuritySettingsIdentical } from './cluster-security-settings-identical.ts';

/** What a role with pg_read_all_settings sees. */
const visible = (...[values, overrides]: Parameters<typeof settingsFact>) =>
  settingsFact({ shared_preload_libraries: '', ...values }, overrides);

const judge = (...members: readonly ReturnType<typeof settingsFact>[]) =>
  clusterSecuritySettingsIdentical.evaluate(
    membersFact(...members.map((settings, index) => ({ ...(index === 0 ? primaryOf('b') : standby('b')), settings }))),
    clusterSecuritySettingsIdentical.params,
    seenAt,
  );

test('hardened: equal settings are listed for every member, others are left out', () => {
  const verdict = judge(
    visible({ password_encryption: 'scram-sha-256', work_mem: '4096' }),
    visible({ password_encryption: 'scram-sha-256', work_mem: '8192' }),
  );
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'pg-test-1 compared settings=password_encryption|scram-sha-256\nshared_preload_libraries|',
    'pg-test-2 compared settings=password_encryption|scram-sha-256\nshared_preload_libraries|',
  ]);
});

test('weak: a difference is shown with the value of each member', () => {
  const verdict = judge(visible({ password_encryption: 'scram-sha-256' }), visible({ password_encryption: 'md5' }));
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual([
    'pg-test-1 password_encryption=scram-sha-256',
    'pg-test-2 password_encryption=md5',
  ]);
});

test('a setting that one member does not know is a difference', () => {
  expect(judge(visible({ password_encryption: 'scram-sha-256' }), visible({})).outcome).toBe('fail');
});

test('what is overridden for the audit role cannot be compared, and is not passed over in silence', () => {
  const own = visible({ password_encryption: 'scram-sha-256' }, { password_encryption: { source: 'user' } });
  const verdict = judge(own, own);
  expect(verdict.outcome).toBe('warn');
  expect(verdict.reason.en).toContain('password_encryption is overridden for the audit role');
});

test('one member has no one to compare with', () => {
  expect(judge(visible({ password_encryption: 'scram-sha-256' })).outcome).toBe('not_applicable');
});

test('a role that sees only some settings decides nothing by what it sees', () => {
  const blind = settingsFact({ password_encryption: 'scram-sha-256' });
  expect(judge(blind, blind).outcome).toBe('undecided');
  expect(judge(visible({ password_encryption: 'scram-sha-256', log_directory: 'log' }), blind).outcome).toBe(
    'undecided',
  );
  expect(judge(blind, settingsFact({ password_encryption: 'other' })).outcome).toBe('fail');
});
