import { expect, test } from 'vitest';
import { rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgPasswordEncryptionScram } from './pg-password-encryption-scram.ts';

const judge = (settings: ReturnType<typeof settingsFact>, overrides: Parameters<typeof rolesFact>[1] = {}) =>
  pgPasswordEncryptionScram.evaluate(
    { 'pg.settings': settings, 'pg.roles': rolesFact([], overrides) },
    pgPasswordEncryptionScram.params,
    seenAt,
  );

test.each([
  ['scram-sha-256', 'pass'],
  ['md5', 'fail'],
  ['on', 'fail'],
])('%s: %s', (value, outcome) => {
  const verdict = judge(settingsFact({ password_encryption: value }));
  expect(verdict.outcome).toBe(outcome);
  expect(evidenceLines(verdict)).toEqual([`password_encryption=${value}`]);
});

test('a role that stores MD5 fails on a server that stores SCRAM', () => {
  const verdict = judge(settingsFact({ password_encryption: 'scram-sha-256' }), {
    settings: [{ database: null, role: 'ann', name: 'password_encryption', value: 'md5' }],
  });
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['role ann: password_encryption=|ann|password_encryption=md5']);
});

test('an override for the auditor itself hides what the server has', () => {
  const settings = settingsFact({ password_encryption: 'scram-sha-256' }, { password_encryption: { source: 'user' } });
  expect(judge(settings).outcome).toBe('undecided');
});
