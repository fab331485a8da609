import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgDeveloperSettingsSafe } from './pg-developer-settings-safe.ts';

test.each<readonly [string, string, ReturnType<typeof settingsFact>]>([
  [
    'hardened',
    'pass',
    settingsFact({
      allow_system_table_mods: 'off',
      session_replication_role: 'origin',
      row_security: 'on',
      pre_auth_delay: '0',
      post_auth_delay: '0',
      ignore_system_indexes: 'off',
      jit_debugging_support: 'off',
    }),
  ],
  [
    'weak: catalogs may be changed',
    'fail',
    settingsFact({
      allow_system_table_mods: 'on',
      session_replication_role: 'origin',
      row_security: 'on',
      pre_auth_delay: '0',
      post_auth_delay: '0',
      ignore_system_indexes: 'off',
      jit_debugging_support: 'off',
    }),
  ],
  [
    'triggers are off',
    'fail',
    settingsFact({
      allow_system_table_mods: 'off',
      session_replication_role: 'replica',
      row_security: 'on',
      pre_auth_delay: '0',
      post_auth_delay: '0',
      ignore_system_indexes: 'off',
      jit_debugging_support: 'off',
    }),
  ],
  [
    'a debugging option',
    'warn',
    settingsFact({
      allow_system_table_mods: 'off',
      session_replication_role: 'origin',
      row_security: 'on',
      pre_auth_delay: '0',
      post_auth_delay: '0',
      ignore_system_indexes: 'off',
      jit_debugging_support: 'on',
    }),
  ],
  ['nothing was told', 'undecided', settingsFact({})],
])('%s: %s', (_, outcome, given) => {
  const verdict = pgDeveloperSettingsSafe.evaluate({ 'pg.settings': given }, pgDeveloperSettingsSafe.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
