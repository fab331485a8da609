import { etcdMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const etcdPeerSlow = defineAlertFor((site) => ({
  name: 'EtcdPeerSlow',
  severity: 'info',
  for: '5m',
  expr: promql`histogram_quantile(0.99, sum by (job, cls, ins, To, le) (rate(${etcdMetrics.etcdPeerRoundTripSecondsBucket}[5m]))) > ${site.thresholds.etcdPeer}`,
  labels: ['job', 'cls', 'ins', 'To'],
  summary: {
    en: 'etcd member {{ $labels.ins }} takes {{ $value | humanizeDuration }} to reach {{ $labels.To }}',
    zh: 'etcd 成员 {{ $labels.ins }} 到 {{ $labels.To }} 的往返耗时 {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'Round trips between members are slow: every write of etcd waits for the majority.',
    zh: '成员之间往返缓慢：etcd 的每次写入都要等待多数派。',
  },
  runbook: [
    '`ping` between the nodes; the name behind the id is in `etcdctl member list`.',
    'Members in several sites need a longer heartbeat-interval and election-timeout.',
  ],
}));
