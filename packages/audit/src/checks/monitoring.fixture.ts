import type { FactMap } from '../facts.ts';

type Rules = FactMap['monitoring.rules'];
type Alertmanager = FactMap['monitoring.alertmanager'];
type Target = FactMap['monitoring.targets'][number];

/** A loaded alert that evaluates well, then as told. */
export const alertRule = (name: string, changes: Partial<Rules['rules'][number]> = {}): Rules['rules'][number] => ({
  group: 'pgattest',
  kind: 'alert',
  name,
  query: 'up == 0',
  labels: { severity: 'CRIT' },
  health: 'ok',
  lastError: null,
  lastEvaluation: '2026-11-21T11:59:50.000Z',
  ...changes,
});

export const rulesFact = (...rules: readonly (string | Rules['rules'][number])[]): Rules => ({
  from: 'rules',
  rules: rules.map((rule) => (typeof rule === 'string' ? alertRule(rule) : rule)),
});

export const alertsFact = (
  active: readonly string[],
  sentTo: FactMap['monitoring.alerts']['sentTo'] = ['http://10.0.0.10:9093'],
): FactMap['monitoring.alerts'] => ({
  from: 'rules',
  active: active.map((name) => ({ name, state: 'firing', labels: { alertname: name }, activeSince: null })),
  sentTo,
});

/** A target: `pg-test-1 10.0.0.11:9630 up`. */
export function target(text: string): Target {
  const [ins = '', address = '', health = 'up'] = text.split(' ');
  return { labels: { ins, instance: address, job: 'pgsql' }, address, health, lastScrape: '2026-11-21T11:59:50.000Z' };
}

/** An Alertmanager with one working receiver, then as told. */
export const alertmanagerFact = (changes: Partial<Alertmanager> = {}): Alertmanager => ({
  version: '0.27.0',
  startedAt: '2026-11-01T00:00:00.000Z',
  clusterStatus: 'ready',
  peers: 1,
  routing: {
    rootReceiver: 'oncall',
    routes: [],
    receivers: [{ name: 'oncall', integrations: ['webhook'] }],
    inhibitRules: 0,
  },
  silences: [],
  deliveries: [{ integration: 'webhook', sent: 10, failed: 0 }],
  ...changes,
});
