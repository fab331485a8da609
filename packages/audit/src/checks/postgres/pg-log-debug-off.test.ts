import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogDebugOff } from './pg-log-debug-off.ts';

test.each([
  [
    'hardened',
    'pass',
    {
      debug_print_parse: 'off',
      debug_print_rewritten: 'off',
      debug_print_plan: 'off',
      debug_pretty_print: 'on',
      log_statement_stats: 'off',
      log_parser_stats: 'off',
      log_planner_stats: 'off',
      log_executor_stats: 'off',
    },
  ],
  [
    'weak: plans in the log',
    'warn',
    {
      debug_print_parse: 'off',
      debug_print_rewritten: 'off',
      debug_print_plan: 'on',
      debug_pretty_print: 'on',
      log_statement_stats: 'off',
      log_parser_stats: 'off',
      log_planner_stats: 'off',
      log_executor_stats: 'off',
    },
  ],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgLogDebugOff.evaluate({ 'pg.settings': settingsFact(values) }, {}, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
