import { haproxyMetrics, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const haproxyServerFlapping = defineAlert({
  name: 'HaproxyServerFlapping',
  severity: 'warning',
  for: '0s',
  expr: promql`label_replace(increase(${select(haproxyMetrics.haproxyServerCheckUpDownTotal, { proxy: /.+-(primary|replica|default|offline)/ })}[15m]) >= 3, "cls", "$1", "proxy", "(.+)-(primary|replica|default|offline)")`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'proxy', 'server'],
  summary: {
    en: 'Server {{ $labels.server }} of {{ $labels.proxy }} went down {{ $value | humanize }} times within 15 minutes',
    zh: '{{ $labels.proxy }} 的服务器 {{ $labels.server }} 在 15 分钟内下线 {{ $value | humanize }} 次',
  },
  description: {
    en: 'Each time the sessions of its clients are cut. Checks fail now and then, or the cluster changes its primary again and again.',
    zh: '每次下线都会切断客户端会话。健康检查偶发失败，或集群反复切换主库。',
  },
  runbook: [
    'Look at PatroniFailoversTooOften of {{ $labels.cls }}.',
    'Otherwise compare the time a check takes (`haproxy_server_check_duration_seconds`) with its timeout.',
  ],
});
