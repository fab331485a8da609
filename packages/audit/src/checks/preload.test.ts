import { expect, test } from 'vitest';
import { loadsLibrary } from './preload.ts';
import { settingsFact } from './settings.fixture.ts';

test.each([
  ['auth_delay', true],
  ['pg_stat_statements, "auth_delay"', true],
  ['$libdir/auth_delay.so', true],
  ['$libdir/plugins/auth_delay', true],
  ['my_auth_delay', false],
  ['', false],
])('shared_preload_libraries = %j loads auth_delay: %j', (value, expected) => {
  expect(loadsLibrary(settingsFact({ shared_preload_libraries: value }), 'auth_delay')).toBe(expected);
});

test('a setting the server hides loads nothing', () => {
  expect(loadsLibrary(settingsFact({}), 'auth_delay')).toBe(false);
});
