import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogReplicationCommands } from './pg-log-replication-commands.ts';

test.each([
  ['hardened', 'pass', { log_replication_commands: 'on' }],
  ['weak', 'fail', { log_replication_commands: 'off' }],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogReplicationCommands.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
