import { expect, test } from 'vitest';
import { alertRule, rulesFact } from '../monitoring.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { monitoringRulesLoaded } from './monitoring-rules-loaded.ts';

const params = { required: ['down=PostgresDown|PgDown', 'backup=BackupLate'], maxAgeMinutes: 15 };
const judge = (...rules: readonly (string | ReturnType<typeof alertRule>)[]) =>
  monitoringRulesLoaded.evaluate({ 'monitoring.rules': rulesFact(...rules) }, params, seenAt);

test.each([
  ['both by one of their names', ['PgDown', 'BackupLate'], 'pass'],
  ['one is missing', ['PostgresDown'], 'fail'],
  ['one fails', ['PostgresDown', alertRule('BackupLate', { health: 'err', lastError: 'x' })], 'fail'],
  [
    'one waits for its first evaluation',
    ['PostgresDown', alertRule('BackupLate', { lastEvaluation: null })],
    'undecided',
  ],
  [
    'one waits and the other is missing',
    [alertRule('BackupLate', { lastEvaluation: null, health: 'unknown' })],
    'fail',
  ],
  [
    'one waits and another rule fails',
    ['PostgresDown', alertRule('BackupLate', { lastEvaluation: null }), alertRule('Other', { health: 'err' })],
    'undecided',
  ],
  [
    'one was evaluated an hour ago',
    ['PostgresDown', alertRule('BackupLate', { lastEvaluation: '2026-11-21T11:00:00Z' })],
    'fail',
  ],
  ['a recorded series is no alert', ['PostgresDown', alertRule('BackupLate', { kind: 'recording' })], 'fail'],
  ['another rule fails', ['PostgresDown', 'BackupLate', alertRule('Other', { health: 'err' })], 'warn'],
  ['nothing is loaded', [], 'fail'],
] as const)('%s: %s', (_what, rules, outcome) => {
  expect(judge(...rules).outcome).toBe(outcome);
});

test('the defaults name alerts by purpose', () => {
  expect(
    monitoringRulesLoaded.evaluate({ 'monitoring.rules': rulesFact() }, monitoringRulesLoaded.params, seenAt).reason.en,
  ).toContain('no alert for member down, no primary');
});

test('rules that were just loaded are not said to be asleep', () => {
  const { reason } = judge('PostgresDown', alertRule('BackupLate', { lastEvaluation: null }));
  expect(reason.en).toContain('loaded and not evaluated yet: BackupLate');
  expect(reason.en).not.toContain('minutes');
});
