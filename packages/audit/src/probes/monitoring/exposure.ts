import { requestHttp, type HttpTarget } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';

/** What one console of the monitoring tells a stranger. */
export interface ConsoleExposure {
  readonly console: 'prometheus' | 'rules' | 'alertmanager';
  readonly isTls: boolean;
  readonly isLoopback: boolean;
  /** Path that was asked. */
  readonly path: string;
  readonly status: number;
}

/** Every declared console asked as a stranger would: no login is tried. */
export const monitoringExposure = defineProbe({
  id: 'monitoring.exposure',
  subject: 'monitoring',
  title: 'Whether the consoles of the monitoring answer without a login',
  live: 'asks Prometheus, what evaluates the rules and Alertmanager once each, without credentials',
  privilege: 'none: one HTTP request without credentials to each',
  grants: [],
  async collect({ prometheus, rules, alertmanager, signal }): Promise<readonly ConsoleExposure[]> {
    const asked = [
      ['prometheus', prometheus, '/api/v1/labels'],
      ['rules', rules, '/api/v1/rules'],
      ['alertmanager', alertmanager, '/api/v2/status'],
    ] as const;
    const seen: ConsoleExposure[] = [];
    for (const [console, target, path] of asked) {
      if (target !== undefined) seen.push({ console, path, ...(await ask(target, path, signal)) });
    }
    return seen;
  },
});

async function ask(
  target: HttpTarget,
  path: string,
  signal: AbortSignal,
): Promise<Pick<ConsoleExposure, 'isTls' | 'isLoopback' | 'status'>> {
  const call = { component: 'the monitoring', method: 'GET', path, timeoutMs: 10_000, signal } as const;
  const { status } = await requestHttp(target, call);
  const { protocol, hostname } = new URL(target.url);
  return { isTls: protocol === 'https:', isLoopback: /^(?:127\.|\[?::1\]?$|localhost$)/u.test(hostname), status };
}
