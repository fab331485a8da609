import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogConnections } from './pg-log-connections.ts';

test.each([
  ['hardened', 'pass', { log_connections: 'receipt,authentication,authorization' }],
  ['the old word on', 'pass', { log_connections: 'on' }],
  ['who was let in, but not how', 'warn', { log_connections: 'authorization' }],
  ['weak: nothing', 'fail', { log_connections: '' }],
  ['only that someone knocked', 'fail', { log_connections: 'receipt' }],
  ['version 17 on', 'pass', { log_connections: 'on', server_version_num: '170006' }],
  ['version 17 off', 'fail', { log_connections: 'off', server_version_num: '170006' }],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogConnections.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
