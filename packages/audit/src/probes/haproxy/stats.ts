import { isServerUp, readHaproxyStats, type HaproxyStatsRow } from '@pgattest/connect';
import type { HaproxyService } from '../../probe-contexts.ts';
import { defineProbe } from '../../probe.ts';

/** A server of a proxy, and whether it gets new connections now. */
export interface ProxyServer extends Pick<
  HaproxyStatsRow,
  'name' | 'status' | 'weight' | 'checkStatus' | 'checkCode' | 'downTransitions' | 'lastChangeSeconds' | 'downSeconds'
> {
  readonly isUp: boolean;
  readonly isBackup: boolean;
  readonly currentSessions: number | null;
  readonly sessionLimit: number | null;
}

/** A frontend, backend or listen section as it runs. */
export interface ProxyState {
  readonly name: string;
  /** `OPEN`, `STOP`; null of a backend. */
  readonly frontendStatus: string | null;
  /** `UP`, `DOWN`; null of a frontend. */
  readonly backendStatus: string | null;
  readonly currentSessions: number | null;
  readonly mostSessions: number | null;
  readonly sessionLimit: number | null;
  readonly servers: readonly ProxyServer[];
}

export interface HaproxyStats {
  /** Services as they are declared to the auditor. */
  readonly services: readonly HaproxyService[];
  readonly proxies: readonly ProxyState[];
}

/** What runs in HAProxy: which servers of each service take connections. */
export const haproxyStats = defineProbe({
  id: 'haproxy.stats',
  subject: 'haproxy',
  title: 'Services and their servers as HAProxy runs them (statistics page)',
  privilege: 'the statistics page (stats enable), with a login where it asks for one',
  grants: [],
  async collect({ stats, services, signal }): Promise<HaproxyStats> {
    const rows = await readHaproxyStats(stats, { timeoutMs: 10_000, signal });
    const names = [...new Set(rows.map(({ proxy }) => proxy))];
    return {
      services,
      proxies: names.map((name) =>
        stateOf(
          name,
          rows.filter(({ proxy }) => proxy === name),
        ),
      ),
    };
  },
});

function stateOf(name: string, rows: readonly HaproxyStatsRow[]): ProxyState {
  const frontend = rows.find(({ kind }) => kind === 'frontend');
  const backend = rows.find(({ kind }) => kind === 'backend');
  return {
    name,
    frontendStatus: frontend?.status ?? null,
    backendStatus: backend?.status ?? null,
    currentSessions: frontend?.currentSessions ?? null,
    mostSessions: frontend?.mostSessions ?? null,
    sessionLimit: frontend?.sessionLimit ?? null,
    servers: rows.flatMap((row) => (row.kind === 'server' ? [serverOf(row)] : [])),
  };
}

const serverOf = (row: HaproxyStatsRow): ProxyServer => ({
  name: row.name,
  status: row.status,
  isUp: isServerUp(row),
  isBackup: (row.backup ?? 0) > 0,
  weight: row.weight,
  checkStatus: row.checkStatus,
  checkCode: row.checkCode,
  downTransitions: row.downTransitions,
  lastChangeSeconds: row.lastChangeSeconds,
  downSeconds: row.downSeconds,
  currentSessions: row.currentSessions,
  sessionLimit: row.sessionLimit,
});
