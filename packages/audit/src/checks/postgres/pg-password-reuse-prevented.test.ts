import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgPasswordReusePrevented as check } from './pg-password-reuse-prevented.ts';

const judge = (settings: Readonly<Record<string, string>>) =>
  check.evaluate(
    { 'pg.settings': settingsFact({ shared_preload_libraries: 'credcheck', ...settings }) },
    check.params,
    seenAt,
  );

test.each([
  [{ 'credcheck.password_reuse_history': '4' }, 'pass'],
  [{ 'credcheck.password_reuse_interval': '180' }, 'pass'],
  [{ 'credcheck.password_reuse_history': '2', 'credcheck.password_reuse_interval': '30' }, 'warn'],
  [{}, 'fail'],
  [{ shared_preload_libraries: '', 'credcheck.password_reuse_history': '4' }, 'fail'],
])('%j: %s', (settings, outcome) => {
  expect(judge(settings).outcome).toBe(outcome);
});

test('hidden settings leave it open', () => {
  expect(check.evaluate({ 'pg.settings': settingsFact({}) }, check.params, seenAt).outcome).toBe('undecided');
});
