import { etcdMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const etcdSyncSlow = defineAlertFor((site) => ({
  name: 'EtcdSyncSlow',
  severity: 'warning',
  for: '5m',
  expr: promql`histogram_quantile(0.99, sum by (job, cls, ins, le) (rate(${etcdMetrics.etcdWalFsyncSecondsBucket}[5m]))) > ${site.thresholds.etcdSync}`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: 'The disk of etcd member {{ $labels.ins }} takes {{ $value | humanizeDuration }} to sync',
    zh: 'etcd 成员 {{ $labels.ins }} 的磁盘同步耗时 {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'One sync in a hundred takes that long: heartbeats come late, and elections follow.',
    zh: '最慢的百分之一同步耗时过长；心跳延迟，随后会触发选举。',
  },
  runbook: [
    'On the node: `iostat -x 1` for the disk of the data directory; see who else writes to it.',
    'Give etcd a disk of its own, SSD, without a write cache that lies.',
  ],
}));
