import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogFileMode } from './pg-log-file-mode.ts';

test.each([
  [
    'hardened',
    'pass',
    {
      logging_collector: 'on',
      log_destination: 'csvlog',
      log_directory: 'log',
      log_file_mode: '0600',
      data_directory_mode: '0700',
    },
  ],
  [
    'readable for the group',
    'pass',
    {
      logging_collector: 'on',
      log_destination: 'csvlog',
      log_directory: '/var/log/pg',
      log_file_mode: '0640',
      data_directory_mode: '0755',
    },
  ],
  [
    'weak: readable for everyone',
    'fail',
    {
      logging_collector: 'on',
      log_destination: 'csvlog',
      log_directory: 'log',
      log_file_mode: '0644',
      data_directory_mode: '0700',
    },
  ],
  [
    'writable for the group',
    'fail',
    {
      logging_collector: 'on',
      log_destination: 'csvlog',
      log_directory: 'log',
      log_file_mode: '0660',
      data_directory_mode: '0700',
    },
  ],
  [
    'no log files of its own',
    'not_applicable',
    { logging_collector: 'on', log_destination: 'syslog', log_directory: 'log', log_file_mode: '0644' },
  ],
  [
    'collector off',
    'not_applicable',
    { logging_collector: 'off', log_destination: 'stderr', log_directory: 'log', log_file_mode: '0644' },
  ],
  [
    'a mode that is no octal number',
    'fail',
    { logging_collector: 'on', log_destination: 'csvlog', log_directory: 'log', log_file_mode: 'rw' },
  ],
  ['a hidden directory', 'undecided', { logging_collector: 'on', log_destination: 'csvlog', log_file_mode: '0600' }],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogFileMode.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
