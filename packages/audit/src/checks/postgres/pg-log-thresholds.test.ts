import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogThresholds } from './pg-log-thresholds.ts';

test.each([
  [
    'hardened',
    'pass',
    { log_min_messages: 'warning', log_min_error_statement: 'error', client_min_messages: 'notice' },
  ],
  [
    'more detail than needed',
    'pass',
    { log_min_messages: 'info', log_min_error_statement: 'notice', client_min_messages: 'error' },
  ],
  [
    'weak: errors are lost',
    'fail',
    { log_min_messages: 'fatal', log_min_error_statement: 'error', client_min_messages: 'notice' },
  ],
  [
    'log ranks above error and loses errors too',
    'fail',
    { log_min_messages: 'log', log_min_error_statement: 'error', client_min_messages: 'notice' },
  ],
  [
    'statements of errors are lost',
    'fail',
    { log_min_messages: 'warning', log_min_error_statement: 'panic', client_min_messages: 'notice' },
  ],
  [
    'warnings are lost',
    'warn',
    { log_min_messages: 'error', log_min_error_statement: 'error', client_min_messages: 'notice' },
  ],
  [
    'clients see server messages',
    'warn',
    { log_min_messages: 'warning', log_min_error_statement: 'error', client_min_messages: 'log' },
  ],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogThresholds.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});

test('a threshold set for the audit role alone decides nothing', () => {
  const settings = settingsFact(
    { log_min_messages: 'warning', log_min_error_statement: 'error', client_min_messages: 'notice' },
    { log_min_messages: { source: 'user' } },
  );
  expect(pgLogThresholds.evaluate({ 'pg.settings': settings }, {}, seenAt).outcome).toBe('undecided');
});
