import { ConnectError, type HttpTarget } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';
import { askJson, askText, declaredPart, fieldsOf, labelsOf, listOf, textOf } from './ask.ts';

export interface ActiveAlert {
  readonly name: string;
  /** `pending`, `firing`. */
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly activeSince: string | null;
}

export interface MonitoringAlerts {
  /** Which declared address evaluates the rules. */
  readonly from: 'rules' | 'prometheus';
  readonly active: readonly ActiveAlert[];
  /** Addresses that alerts are sent to; null when what evaluates the rules does not tell. */
  readonly sentTo: readonly string[] | null;
}

/** Alerts that are active now, and where they are sent. */
export const monitoringAlerts = defineProbe({
  id: 'monitoring.alerts',
  subject: 'monitoring',
  title: 'Alerts that are active, and the Alertmanagers they are sent to (/api/v1/alerts)',
  privilege: 'read access to the HTTP API of what evaluates the rules (Prometheus, vmalert)',
  grants: [],
  async collect({ prometheus, rules, signal }): Promise<MonitoringAlerts> {
    const target = declaredPart(rules ?? prometheus, 'what evaluates the rules');
    const answer = await askJson(target, '/api/v1/alerts', signal);
    const alerts = listOf(fieldsOf(fieldsOf(answer)['data'])['alerts'] ?? [], 'alerts').map(fieldsOf);
    return {
      from: rules === undefined ? 'prometheus' : 'rules',
      active: alerts.map((alert) => {
        const labels = labelsOf(alert['labels']);
        return {
          name: labels['alertname'] ?? textOf(alert['name']) ?? '',
          state: textOf(alert['state']) ?? 'unknown',
          labels,
          activeSince: textOf(alert['activeAt']),
        };
      }),
      sentTo: await receiversOf(target, signal),
    };
  },
});

/** Prometheus has an API for it, vmalert shows its flags; whatever has neither does not tell. */
async function receiversOf(target: HttpTarget, signal: AbortSignal): Promise<readonly string[] | null> {
  const known = await optional(askJson(target, '/api/v1/alertmanagers', signal));
  if (known !== undefined) {
    const active = listOf(fieldsOf(fieldsOf(known)['data'])['activeAlertmanagers'] ?? [], 'alertmanagers');
    return active.flatMap((item) => textOf(fieldsOf(item)['url']) ?? []).map(withoutLogin);
  }
  const flags = await optional(askText(target, '/flags', signal));
  if (flags === undefined) return null;
  if (/^-notifier\.(?:config|blackhole)="?(?!false)/mu.test(flags)) {
    return /^-notifier\.blackhole="?true/mu.test(flags) ? [] : null;
  }
  return [...flags.matchAll(/^-notifier\.url="?([^"\n]*)"?$/gmu)]
    .flatMap(([, urls = '']) => urls.split(','))
    .filter((url) => url !== '' && url !== 'secret')
    .map(withoutLogin);
}

async function optional<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ConnectError && (error.code === 'unsupported' || error.code === 'invalid_data'))
      return undefined;
    throw error;
  }
}

const withoutLogin = (url: string): string => url.replace(/\/\/[^/@]*@/u, '//');
