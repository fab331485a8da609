import { expect, test } from 'vitest';
import { alertRule, rulesFact } from '../monitoring.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { monitoringLoginFailures } from './monitoring-login-failures.ts';

test.each([
  ['by its name', [alertRule('LoginFailures')], 'pass'],
  ['by its query', [alertRule('Burst', { query: 'rate(pg_auth_failures_total[5m]) > 1' })], 'pass'],
  ['one that fails', [alertRule('LoginFailures', { health: 'err' })], 'fail'],
  ['none', [alertRule('PostgresDown')], 'fail'],
] as const)('%s: %s', (_what, rules, outcome) => {
  const facts = { 'monitoring.rules': rulesFact(...rules) };
  expect(monitoringLoginFailures.evaluate(facts, monitoringLoginFailures.params, seenAt).outcome).toBe(outcome);
});
