import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgArchivingConfigured } from './pg-archiving-configured.ts';

test.each<readonly [string, string, ReturnType<typeof settingsFact>]>([
  [
    'hardened',
    'pass',
    settingsFact({ archive_mode: 'on', archive_command: 'pgbackrest --stanza=pg-test archive-push %p' }),
  ],
  ['weak: off', 'fail', settingsFact({ archive_mode: 'off' })],
  ['thrown away', 'fail', settingsFact({ archive_mode: 'on', archive_command: '/bin/true' })],
  ['nothing is called', 'fail', settingsFact({ archive_mode: 'on', archive_command: '' })],
  ['not set', 'fail', settingsFact({ archive_mode: 'on', archive_command: '(disabled)' })],
  ['something unknown', 'warn', settingsFact({ archive_mode: 'always', archive_command: '/opt/ship.sh %p' })],
  ['a library', 'warn', settingsFact({ archive_mode: 'on', archive_library: 'basic_archive' })],
])('%s: %s', (_, outcome, given) => {
  const verdict = pgArchivingConfigured.evaluate({ 'pg.settings': given }, pgArchivingConfigured.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
