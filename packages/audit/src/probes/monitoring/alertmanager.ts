import { defineProbe } from '../../probe.ts';
import { parseAlertRouting, type AlertRouting } from './alertmanager-config.ts';
import { askJson, askText, declaredPart, fieldsOf, labelsOf, listOf, textOf } from './ask.ts';

/** A silence that is in force or will be. */
export interface Silence {
  readonly id: string;
  /** `alertname="PostgresDown"`, `cls=~"pg-.*"`. */
  readonly matchers: readonly string[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
  readonly state: string;
}

/** Notifications since Alertmanager started, by integration. */
export interface Delivery {
  readonly integration: string;
  readonly sent: number;
  readonly failed: number;
}

export interface Alertmanager {
  readonly version: string | null;
  readonly startedAt: string | null;
  readonly clusterStatus: string | null;
  readonly peers: number;
  readonly routing: AlertRouting;
  readonly silences: readonly Silence[];
  readonly deliveries: readonly Delivery[];
}

/** Status, routing, silences and deliveries of Alertmanager. Of its configuration only names and kinds are kept. */
export const monitoringAlertmanager = defineProbe({
  id: 'monitoring.alertmanager',
  subject: 'monitoring',
  title: 'Receivers, routes, silences and deliveries of Alertmanager, without its secrets',
  privilege: 'read access to the HTTP API and metrics of Alertmanager',
  grants: [],
  async collect({ alertmanager, signal }): Promise<Alertmanager> {
    const target = declaredPart(alertmanager, 'Alertmanager');
    const status = fieldsOf(await askJson(target, '/api/v2/status', signal));
    const silences = listOf(await askJson(target, '/api/v2/silences', signal), 'silences').map(fieldsOf);
    const cluster = fieldsOf(status['cluster']);
    return {
      version: textOf(fieldsOf(status['versionInfo'])['version']),
      startedAt: textOf(status['uptime']),
      clusterStatus: textOf(cluster['status']),
      peers: Array.isArray(cluster['peers']) ? cluster['peers'].length : 0,
      routing: parseAlertRouting(textOf(fieldsOf(status['config'])['original']) ?? ''),
      silences: silences.map(silenceOf).filter(({ state }) => state !== 'expired'),
      deliveries: deliveriesOf(await askText(target, '/metrics', signal)),
    };
  },
});

function silenceOf(silence: Readonly<Record<string, unknown>>): Silence {
  return {
    id: textOf(silence['id']) ?? '',
    matchers: listOf(silence['matchers'] ?? [], 'matchers').map((item) => {
      const { name, value } = { name: '', value: '', ...labelsOf(item) };
      const { isRegex, isEqual } = { isRegex: false, isEqual: true, ...fieldsOf(item) };
      return `${name}${isEqual ? '=' : '!'}${isRegex ? '~' : isEqual ? '' : '='}${JSON.stringify(value)}`;
    }),
    startsAt: textOf(silence['startsAt']) ?? '',
    endsAt: textOf(silence['endsAt']) ?? '',
    createdBy: textOf(silence['createdBy']) ?? '',
    comment: textOf(silence['comment']) ?? '',
    state: textOf(fieldsOf(silence['status'])['state']) ?? 'unknown',
  };
}

/** Later versions tell receiver and reason besides, so series are added up. */
function deliveriesOf(metrics: string): readonly Delivery[] {
  const sums = new Map<string, { sent: number; failed: number }>();
  const series = /^alertmanager_notifications_(failed_)?total\{([^}]*)\} (\S+)$/gmu;
  for (const [, failed, labels = '', value] of metrics.matchAll(series)) {
    const integration = /integration="([^"]*)"/u.exec(labels)?.[1] ?? '';
    const sum = sums.get(integration) ?? { sent: 0, failed: 0 };
    sums.set(integration, sum);
    if (failed === undefined) sum.sent += Number(value);
    else sum.failed += Number(value);
  }
  return [...sums].map(([integration, { sent, failed }]) => ({ integration, sent, failed }));
}
