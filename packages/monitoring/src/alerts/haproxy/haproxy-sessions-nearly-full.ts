import { haproxyMetrics, promql, select } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const haproxySessionsNearlyFull = defineAlertFor((site) => ({
  name: 'HaproxySessionsNearlyFull',
  severity: 'warning',
  for: '3m',
  expr: promql`label_replace(${select(haproxyMetrics.haproxyFrontendCurrentSessions, { proxy: /.+-(primary|replica|default|offline)/ })} / ${haproxyMetrics.haproxyFrontendLimitSessions} > ${site.thresholds.haproxySessions}, "cls", "$1", "proxy", "(.+)-(primary|replica|default|offline)")`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'proxy'],
  summary: {
    en: 'Service {{ $labels.proxy }} on {{ $labels.ins }} uses {{ $value | humanizePercentage }} of its sessions',
    zh: '{{ $labels.ins }} 上的服务 {{ $labels.proxy }} 已使用会话上限的 {{ $value | humanizePercentage }}',
  },
  description: {
    en: 'When maxconn is reached new clients wait in the accept queue and time out.',
    zh: '达到 maxconn 后新客户端会在接受队列中等待并超时。',
  },
  runbook: [
    'See who connects: sessions by source on the statistics page.',
    'Raise maxconn of the service only if PgBouncer takes as many clients (max_client_conn).',
  ],
}));
