import { expect, test } from 'vitest';
import { alertsFact, rulesFact } from '../monitoring.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { monitoringCapacityQuiet } from './monitoring-capacity-quiet.ts';

const all = ['PostgresConnectionsNearlyExhausted', 'NodeDiskFull', 'PostgresWraparoundNear'];
const judge = (rules: readonly string[], firing: readonly string[]) =>
  monitoringCapacityQuiet.evaluate(
    { 'monitoring.rules': rulesFact(...rules), 'monitoring.alerts': alertsFact(firing) },
    monitoringCapacityQuiet.params,
    seenAt,
  );

test.each([
  [all, [], 'pass'],
  [all, ['PostgresDown'], 'pass'],
  [all, ['NodeDiskFull'], 'fail'],
  [all.slice(1), [], 'fail'],
])('%j loaded, %j fire: %s', (rules, firing, outcome) => {
  expect(judge(rules, firing).outcome).toBe(outcome);
});
