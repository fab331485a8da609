import { expect, test } from 'vitest';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgAuthDelay } from './pg-auth-delay.ts';

const judge = (settings: Readonly<Record<string, string>>) =>
  pgAuthDelay.evaluate({ 'pg.settings': settingsFact(settings) }, pgAuthDelay.params, seenAt);

test.each([
  [{ shared_preload_libraries: 'pg_stat_statements' }, 'fail'],
  [{ shared_preload_libraries: 'auth_delay', 'auth_delay.milliseconds': '0' }, 'fail'],
  [{ shared_preload_libraries: 'auth_delay' }, 'fail'],
  [{ shared_preload_libraries: 'auth_delay', 'auth_delay.milliseconds': '100' }, 'warn'],
  [{ shared_preload_libraries: 'auth_delay', 'auth_delay.milliseconds': '500' }, 'pass'],
  [{ shared_preload_libraries: 'credcheck', 'credcheck.auth_delay_ms': '1000' }, 'pass'],
  [{}, 'undecided'],
])('%j: %s', (settings, outcome) => {
  expect(judge(settings).outcome).toBe(outcome);
});

test('a setting left behind without the library delays nothing', () => {
  const verdict = judge({ shared_preload_libraries: '', 'auth_delay.milliseconds': '500' });
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['shared_preload_libraries=']);
});
