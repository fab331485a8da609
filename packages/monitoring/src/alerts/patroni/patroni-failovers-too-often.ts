import { patroniMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const patroniFailoversTooOften = defineAlertFor((site) => ({
  name: 'PatroniFailoversTooOften',
  severity: 'warning',
  for: '0s',
  expr: promql`max by (job, cls) (${patroniMetrics.patroniPostgresTimeline}) - min by (job, cls) (min_over_time((${patroniMetrics.patroniPostgresTimeline} > 0)[1h:1m])) >= ${site.thresholds.failovers}`,
  labels: ['job', 'cls'],
  summary: {
    en: '{{ $labels.cls }} changed its primary {{ $value }} times within an hour',
    zh: '集群 {{ $labels.cls }} 在一小时内切换主库 {{ $value }} 次',
  },
  description: {
    en: 'Each change interrupts writes. Something makes leaders lose their lock again and again: network, disk, load or etcd.',
    zh: '每次切换都会中断写入。网络、磁盘、负载或 etcd 使领导者反复失去锁。',
  },
  runbook: [
    '`patronictl history` says when and to whom; read the Patroni log of each former leader at that time.',
    'To stop it while you look: `patronictl pause`. Remember to resume.',
  ],
}));
