import { pgActivity, pgLock, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { connectionUsage } from '../../recording/connections.ts';

const instance = { cls: '$cls', ins: /$ins/ } as const;

export const loadRow: readonly Panel[] = [
  timeseries({
    title: 'Connections used',
    description: 'Sessions as a share of max_connections.',
    queries: [{ expr: promql`max by (ins) (${select(connectionUsage, instance)})`, legend: '{{ins}}' }],
    thresholds: [{ value: 0.85, colour: 'orange', why: 'Orange from 85 %, where PostgresConnectionsNearlyExhausted fires.' }],
    empty: 'no data for these instances',
    width: 8,
  }),
  timeseries({
    title: 'Sessions by state',
    description: 'Client sessions by what they do. Many "idle in transaction" hold back vacuum and locks.',
    queries: [{ expr: promql`sum by (state) (${select(pgActivity.m.count, instance)})`, legend: '{{state}}' }],
    empty: 'no data for these instances',
    width: 8,
  }),
  timeseries({
    title: 'Locks by mode',
    description: 'Held and awaited locks. AccessExclusiveLock that stays blocks every reader of its table.',
    queries: [{ expr: promql`sum by (mode) (${select(pgLock.m.count, instance)})`, legend: '{{mode}}' }],
    empty: 'no data for these instances',
    width: 8,
  }),
];
