import { expect, test } from 'vitest';
import { configFact, globalText, services, serviceText, statsFact } from '../haproxy.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { haproxyConfigLoaded } from './haproxy-config-loaded.ts';

// configFact was changed at 11:00.
const at = (time: string): number => Date.parse(`2026-11-21T${time}Z`) / 1000;
const judge = (startedAtSeconds: number | null, proxies = ['pg-test-primary']) =>
  haproxyConfigLoaded.evaluate(
    {
      'haproxy.stats': statsFact(Object.fromEntries(proxies.map((name) => [name, []])), services),
      'haproxy.info': { version: '2.6', startedAtSeconds, uptimeSeconds: 1, mostConnections: 1, currentConnections: 1 },
      'node.haproxy-config': configFact(globalText + serviceText('pg-test-primary', 5433, '/primary')),
    },
    {},
    seenAt,
  );

test.each([
  ['started after the change', at('11:30:00'), ['pg-test-primary'], 'pass'],
  ['changed after the start', at('10:30:00'), ['pg-test-primary'], 'warn'],
  ['a service of the file does not run', at('11:30:00'), [], 'fail'],
  ['a service runs that the file does not have', at('11:30:00'), ['pg-test-primary', 'old'], 'fail'],
  ['nobody knows when it was started', null, ['pg-test-primary'], 'undecided'],
] as const)('%s: %s', (_what, started, proxies, outcome) => {
  expect(judge(started, [...proxies]).outcome).toBe(outcome);
});
