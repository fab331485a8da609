import { expect, test } from 'vitest';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgPasswordComplexity } from './pg-password-complexity.ts';

const judge = (settings: Readonly<Record<string, string>>) =>
  pgPasswordComplexity.evaluate({ 'pg.settings': settingsFact(settings) }, pgPasswordComplexity.params, seenAt);

const credcheck = {
  shared_preload_libraries: 'credcheck',
  'credcheck.password_min_length': '8',
  'credcheck.password_min_digit': '1',
  'credcheck.password_min_lower': '1',
  'credcheck.password_min_special': '0',
  'credcheck.password_min_upper': '1',
};

test.each([
  ['nothing loaded', { shared_preload_libraries: 'pg_stat_statements' }, 'fail'],
  ['settings without the module', { ...credcheck, shared_preload_libraries: '' }, 'fail'],
  ['the module of the distribution', { shared_preload_libraries: '$libdir/passwordcheck' }, 'warn'],
  ['cracklib', { shared_preload_libraries: 'passwordcheck_cracklib' }, 'warn'],
  ['length and three classes', credcheck, 'pass'],
  ['too short', { ...credcheck, 'credcheck.password_min_length': '6' }, 'warn'],
  ['two classes', { ...credcheck, 'credcheck.password_min_upper': '0' }, 'warn'],
  ['credcheck as it comes', { shared_preload_libraries: 'credcheck' }, 'warn'],
  ['a list the role may not see', {}, 'undecided'],
])('%s', (_name, settings, outcome) => {
  expect(judge(settings).outcome).toBe(outcome);
});

test('version 18 shows the minimum length of passwordcheck', () => {
  const verdict = judge({ shared_preload_libraries: 'passwordcheck', 'passwordcheck.min_password_length': '8' });
  expect(evidenceLines(verdict)).toEqual([
    'shared_preload_libraries=passwordcheck',
    'passwordcheck.min_password_length=8',
  ]);
});
