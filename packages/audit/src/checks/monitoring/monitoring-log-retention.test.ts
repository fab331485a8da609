import { expect, test } from 'vitest';
import { seenAt } from '../settings.fixture.ts';
import { monitoringLogRetention } from './monitoring-log-retention.ts';

test.each([
  ['hardened', 'pass', '180d', 180, null],
  ['weak: a fortnight, as a deployment tool has it', 'fail', '15d', 15, null],
  ['weak: the default of a week', 'fail', '7d', 7, null],
  ['long enough unless the disk fills', 'warn', '1y', 365, '100GiB'],
  ['no time', 'undecided', 'forever', null, null],
] as const)('%s: %s', (_, outcome, configured, days, maxSize) => {
  const facts = { 'monitoring.log-store': { product: 'victoria-logs', configured, days, maxSize } } as const;
  expect(monitoringLogRetention.evaluate(facts, monitoringLogRetention.params, seenAt).outcome).toBe(outcome);
});
