import { expect, test } from 'vitest';
import { seenAt } from '../settings.fixture.ts';
import { monitoringRetention } from './monitoring-retention.ts';

test.each([
  ['prometheus', '15d', 15, 'fail'],
  ['victoria-metrics', '1', 31, 'warn'],
  ['prometheus', '1y', 365, 'pass'],
  ['prometheus', '10GiB', null, 'undecided'],
] as const)('%s with %s: %s days, %s', (product, configured, days, outcome) => {
  const facts = { 'monitoring.retention': { product, configured, days } };
  expect(monitoringRetention.evaluate(facts, monitoringRetention.params, seenAt).outcome).toBe(outcome);
});
