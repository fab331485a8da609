import { expect, test } from 'vitest';
import { alertmanagerFact, alertsFact } from '../monitoring.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { monitoringAlertsDelivered } from './monitoring-alerts-delivered.ts';

type Manager = Parameters<typeof alertmanagerFact>[0];
const judge = (changes: Manager = {}, alerts = alertsFact([])) =>
  monitoringAlertsDelivered.evaluate(
    { 'monitoring.alertmanager': alertmanagerFact(changes), 'monitoring.alerts': alerts },
    monitoringAlertsDelivered.params,
    seenAt,
  );
const { routing } = alertmanagerFact();
const nobody = { name: 'none', integrations: [] };

test.each([
  ['a receiver that got everything', {}, 'pass'],
  [
    'a root receiver without an address',
    { routing: { ...routing, rootReceiver: 'none', receivers: [nobody] } },
    'fail',
  ],
  [
    'a route of critical alerts to nobody',
    {
      routing: {
        ...routing,
        routes: [{ receiver: 'none', matchers: ['severity="CRIT"'] }],
        receivers: [...routing.receivers, nobody],
      },
    },
    'fail',
  ],
  [
    'a route of the watchdog to nobody',
    {
      routing: {
        ...routing,
        routes: [{ receiver: 'none', matchers: ['alertname="Watchdog"'] }],
        receivers: [...routing.receivers, nobody],
      },
    },
    'pass',
  ],
  ['every notification failed', { deliveries: [{ integration: 'email', sent: 3, failed: 3 }] }, 'fail'],
  ['some failed', { deliveries: [{ integration: 'email', sent: 10, failed: 3 }] }, 'warn'],
  ['nothing was ever sent', { deliveries: [] }, 'warn'],
  ['no routes are shown', { routing: { ...routing, rootReceiver: null } }, 'undecided'],
] as const)('%s: %s', (_what, changes, outcome) => {
  expect(judge(changes).outcome).toBe(outcome);
});

test('alerts that are sent nowhere fail; not knowing where is no failure', () => {
  expect(judge({}, alertsFact([], [])).outcome).toBe('fail');
  expect(judge({}, alertsFact([], null)).outcome).toBe('pass');
});
