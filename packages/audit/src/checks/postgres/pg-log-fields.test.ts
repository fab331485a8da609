import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogFields } from './pg-log-fields.ts';

test.each([
  [
    'hardened: csvlog',
    'pass',
    { log_destination: 'csvlog', logging_collector: 'on', log_line_prefix: '', log_error_verbosity: 'default' },
  ],
  [
    'a complete prefix',
    'pass',
    {
      log_destination: 'stderr',
      logging_collector: 'on',
      log_line_prefix: '%m [%p] %q%u@%d app=%a client=%h %e ',
      log_error_verbosity: 'verbose',
    },
  ],
  [
    'weak: the default prefix',
    'fail',
    { log_destination: 'stderr', logging_collector: 'on', log_line_prefix: '%m [%p] ', log_error_verbosity: 'default' },
  ],
  [
    'no application and no SQLSTATE',
    'warn',
    {
      log_destination: 'stderr',
      logging_collector: 'on',
      log_line_prefix: '%m [%p] %u@%d %h ',
      log_error_verbosity: 'default',
    },
  ],
  [
    'csvlog that nobody writes',
    'fail',
    {
      log_destination: 'csvlog',
      logging_collector: 'off',
      log_line_prefix: '%m [%p] ',
      log_error_verbosity: 'default',
    },
  ],
  [
    'syslog stamps time and process itself',
    'pass',
    {
      log_destination: 'syslog',
      logging_collector: 'off',
      log_line_prefix: '%q%u@%d %a %h %e ',
      log_error_verbosity: 'default',
    },
  ],
  [
    'terse drops statements even from csvlog',
    'warn',
    { log_destination: 'csvlog', logging_collector: 'on', log_line_prefix: '', log_error_verbosity: 'terse' },
  ],
  ['hidden', 'undecided', { log_destination: 'csvlog' }],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogFields.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
