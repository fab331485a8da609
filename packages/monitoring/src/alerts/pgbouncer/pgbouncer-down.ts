import { pgbouncerSelfMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** HAProxy checks Patroni, not the pooler: it goes on sending clients to a pooler that is dead. */
export const pgbouncerDown = defineAlert({
  name: 'PgbouncerDown',
  severity: 'critical',
  for: '30s',
  expr: promql`${pgbouncerSelfMetrics.pgUp} == 0`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: { en: 'PgBouncer of {{ $labels.ins }} does not answer', zh: '{{ $labels.ins }} 的 PgBouncer 无应答' },
  description: {
    en: 'Clients that are sent to {{ $labels.ins }} through the pooler are refused, while HAProxy and Patroni see a healthy member.',
    zh: '经连接池到 {{ $labels.ins }} 的客户端会被拒绝，而 HAProxy 与 Patroni 仍认为该成员健康。',
  },
  runbook: [
    'On the node: `systemctl status pgbouncer` and its log.',
    'If it runs: `psql -p 6432 pgbouncer -c "SHOW VERSION"` as a role of stats_users; the exporter says its reason in `pgbouncer_exporter_server_last_error_info`.',
    'Until it is back, send clients past it (service default, port 5436).',
  ],
});
