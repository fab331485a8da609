import { expect, test } from 'vitest';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgIdleTimeout } from './pg-idle-timeout.ts';

const judge = (
  settings: ReturnType<typeof settingsFact>,
  overrides: Readonly<Record<string, string>> = {},
  roles = [role('ann', { createRole: true }), role('app')],
) =>
  pgIdleTimeout.evaluate(
    {
      'pg.settings': settings,
      'pg.roles': rolesFact(roles, {
        settings: Object.entries(overrides).map(([name, value]) => ({
          database: null,
          role: name,
          name: 'idle_session_timeout',
          value,
        })),
      }),
    },
    pgIdleTimeout.params,
    seenAt,
  );

test('no limit anywhere fails', () => {
  expect(judge(settingsFact({ idle_session_timeout: '0' })).outcome).toBe('fail');
});

test('a limit of the server covers everyone', () => {
  expect(judge(settingsFact({ idle_session_timeout: '900000' })).outcome).toBe('pass');
  expect(judge(settingsFact({ idle_session_timeout: '86400000' })).outcome).toBe('fail');
});

test('limits of the administrators are enough: roles of pools go without', () => {
  const verdict = judge(settingsFact({ idle_session_timeout: '0' }), { ann: '15min', postgres: '30min' });
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toContain('role ann: idle_session_timeout=|ann|idle_session_timeout=15min');
});

test('one administrator without a limit is a warning, and one who switched it off too', () => {
  expect(judge(settingsFact({ idle_session_timeout: '0' }), { ann: '15min' }).outcome).toBe('warn');
  expect(judge(settingsFact({ idle_session_timeout: '900000' }), { ann: '0' }).outcome).toBe('warn');
});

test('before version 14 the server cannot do it', () => {
  expect(judge(settingsFact({ server_version_num: '130020' })).outcome).toBe('warn');
});

test('the limit of the auditor itself says nothing about the others', () => {
  const own = settingsFact({ idle_session_timeout: '900000' }, { idle_session_timeout: { source: 'user' } });
  expect(judge(own).outcome).toBe('undecided');
  expect(judge(own, { ann: '15min', postgres: '15min' }).outcome).toBe('pass');
});

test('without administrators who log in it does not apply', () => {
  const locked = role('postgres', { isBootstrap: true, superuser: true, canLogin: false });
  expect(judge(settingsFact({ idle_session_timeout: '0' }), {}, [locked, role('app')]).outcome).toBe('not_applicable');
});
