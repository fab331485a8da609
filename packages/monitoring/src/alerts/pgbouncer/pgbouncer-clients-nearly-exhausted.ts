import { pgbouncerConfig, pgbouncerList, promql, select } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const pgbouncerClientsNearlyExhausted = defineAlertFor((site) => ({
  name: 'PgbouncerClientsNearlyExhausted',
  severity: 'warning',
  for: '3m',
  expr: promql`max by (job, cls, ins) (${select(pgbouncerList.m.items, { list: 'used_clients' })}) / max by (job, cls, ins) (${pgbouncerConfig.m.max_client_connections}) > ${site.thresholds.connections}`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: 'PgBouncer of {{ $labels.ins }} has {{ $value | humanizePercentage }} of its clients',
    zh: '{{ $labels.ins }} 的 PgBouncer 客户端数已达上限的 {{ $value | humanizePercentage }}',
  },
  description: {
    en: 'At max_client_conn PgBouncer refuses new clients.',
    zh: '达到 max_client_conn 后 PgBouncer 会拒绝新客户端。',
  },
  runbook: [
    '`SHOW CLIENTS` on the console: which addresses hold most of them; a leaking application pool is the usual reason.',
    'Raise max_client_conn and the limit of open files together.',
  ],
}));
