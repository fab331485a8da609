import { requestHttp, ConnectError, type HttpTarget } from '@pgattest/connect';
import { NotDeclaredError } from '../../not-declared-error.ts';
import { defineProbe } from '../../probe.ts';
import { askText } from './ask.ts';
import { retentionDays } from './retention.ts';

export interface LogStore {
  readonly product: 'victoria-logs';
  /** As it is configured: `180d`, `6` (months). */
  readonly configured: string;
  /** Null when that is no time. */
  readonly days: number | null;
  /** Bound by size, beyond which older logs go before their time; null without one. */
  readonly maxSize: string | null;
}

/** How long the central store keeps logs. */
export const monitoringLogStore = defineProbe({
  id: 'monitoring.log-store',
  subject: 'monitoring',
  title: 'How long VictoriaLogs keeps logs, and whether it answers queries',
  privilege: 'read access to the HTTP API and /flags of VictoriaLogs',
  grants: [],
  async collect({ logs, signal }): Promise<LogStore> {
    const target = declaredStore(logs);
    await queryLogs(target, '_time:1m', 1, signal);
    const flags = await askText(target, '/flags', signal);
    const flag = (name: string): string | null =>
      new RegExp(`^-${name.replaceAll('.', String.raw`\.`)}="?([^"\\n]*)"?$`, 'mu').exec(flags)?.[1] ?? null;
    // Flags that were not set are not shown; without this one it keeps a week.
    const configured = flag('retentionPeriod') ?? '7d';
    return {
      product: 'victoria-logs',
      configured,
      days: retentionDays(configured, 'months'),
      maxSize: flag('retention.maxDiskSpaceUsageBytes') ?? flag('retention.maxDiskUsagePercent'),
    };
  },
});

/** The declared store. Errors: NotDeclaredError. */
export function declaredStore(logs: HttpTarget | undefined): HttpTarget {
  if (logs !== undefined) return logs;
  throw new NotDeclaredError('no central store of logs is declared; add its address as monitoring.logs');
}

/** Lines that a LogsQL query finds, each a JSON object. Errors: those of requestHttp; auth_failed, unsupported. */
export async function queryLogs(
  target: HttpTarget,
  query: string,
  limit: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = `/select/logsql/query?query=${encodeURIComponent(query)}&limit=${limit}`;
  const { status, body } = await requestHttp(target, {
    component: 'the log store',
    method: 'GET',
    path,
    as: 'credentials',
    headers: { accept: '*/*' },
    timeoutMs: 15_000,
    signal,
  });
  const what = `${target.url} answers /select/logsql/query with HTTP ${status}`;
  if (status === 401 || status === 403) throw new ConnectError('auth_failed', `${what}; check its credentials`);
  if (status !== 200) throw new ConnectError('unsupported', `${what}; monitoring.logs must be VictoriaLogs`);
  return body.split('\n').filter((line) => line !== '');
}
