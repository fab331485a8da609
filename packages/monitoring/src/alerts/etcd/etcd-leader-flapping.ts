import { etcdMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const etcdLeaderFlapping = defineAlertFor((site) => ({
  name: 'EtcdLeaderFlapping',
  severity: 'warning',
  for: '0s',
  expr: promql`max by (job, cls) (increase(${etcdMetrics.etcdLeaderChangesTotal}[15m])) >= ${site.thresholds.etcdLeaderChanges}`,
  labels: ['job', 'cls'],
  summary: {
    en: 'etcd {{ $labels.cls }} changed its leader {{ $value | humanize }} times within 15 minutes',
    zh: 'etcd {{ $labels.cls }} 在 15 分钟内更换领导者 {{ $value | humanize }} 次',
  },
  description: {
    en: 'Each election stops writes for a second or more. Patroni renews its lock there: a long one costs a primary its role.',
    zh: '每次选举都会使写入停顿一秒以上。Patroni 在此续约，停顿过久会使主库失去角色。',
  },
  runbook: [
    'Look at EtcdSyncSlow and EtcdPeerSlow first: slow disks and networks are the usual reasons.',
    'Processes that share the disk of etcd (backups, WAL) belong elsewhere.',
  ],
}));
