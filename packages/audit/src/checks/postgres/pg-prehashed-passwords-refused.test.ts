import { expect, test } from 'vitest';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgPrehashedPasswordsRefused as check } from './pg-prehashed-passwords-refused.ts';

const judge = (settings: Readonly<Record<string, string>>) =>
  check.evaluate({ 'pg.settings': settingsFact({ shared_preload_libraries: 'credcheck', ...settings }) }, {}, seenAt);
const allowed = 'credcheck.encrypted_password_allowed';

test.each([
  [{ [allowed]: 'off', 'credcheck.superuser_nocheck': 'off' }, 'pass'],
  [{ [allowed]: 'off' }, 'pass'],
  [{ [allowed]: 'on' }, 'warn'],
  [{ [allowed]: 'off', 'credcheck.superuser_nocheck': 'on' }, 'warn'],
  [{}, 'undecided'],
  [{ shared_preload_libraries: '' }, 'not_applicable'],
])('%j: %s', (settings, outcome) => {
  expect(judge(settings).outcome).toBe(outcome);
});

test('both settings are shown', () => {
  expect(evidenceLines(judge({ [allowed]: 'on' }))).toContain(`${allowed}=on`);
});
