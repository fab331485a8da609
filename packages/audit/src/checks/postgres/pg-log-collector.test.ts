import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogCollector } from './pg-log-collector.ts';

test.each([
  ['hardened: csvlog through the collector', 'pass', { log_destination: 'csvlog', logging_collector: 'on' }],
  ['jsonlog beside stderr', 'pass', { log_destination: 'stderr, jsonlog', logging_collector: 'on' }],
  ['free text only', 'warn', { log_destination: 'stderr', logging_collector: 'on' }],
  ['weak: nothing keeps the log', 'fail', { log_destination: 'stderr', logging_collector: 'off' }],
  ['csvlog without the collector that would write it', 'fail', { log_destination: 'csvlog', logging_collector: 'off' }],
  [
    'syslog without a collector',
    'pass',
    { log_destination: 'syslog', logging_collector: 'off', syslog_sequence_numbers: 'on', syslog_split_messages: 'on' },
  ],
  [
    'syslog that may drop repeated lines',
    'warn',
    {
      log_destination: 'syslog',
      logging_collector: 'off',
      syslog_sequence_numbers: 'off',
      syslog_split_messages: 'on',
    },
  ],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogCollector.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
