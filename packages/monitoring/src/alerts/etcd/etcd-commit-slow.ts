import { etcdMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const etcdCommitSlow = defineAlertFor((site) => ({
  name: 'EtcdCommitSlow',
  severity: 'warning',
  for: '5m',
  expr: promql`histogram_quantile(0.99, sum by (job, cls, ins, le) (rate(${etcdMetrics.etcdBackendCommitSecondsBucket}[5m]))) > ${site.thresholds.etcdCommit}`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: 'etcd member {{ $labels.ins }} takes {{ $value | humanizeDuration }} to commit',
    zh: 'etcd 成员 {{ $labels.ins }} 提交耗时 {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'Commits to the database file of {{ $labels.ins }} are slow: Patroni waits as long for its lock.',
    zh: '{{ $labels.ins }} 写入数据库文件缓慢：Patroni 续约同样要等待。',
  },
  runbook: [
    'On the node: `iostat -x 1`; compare EtcdSyncSlow.',
    'A large file: `etcdctl defrag` one member at a time, the leader last.',
  ],
}));
