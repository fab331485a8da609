import { etcdMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const etcdNoLeader = defineAlert({
  name: 'EtcdNoLeader',
  severity: 'critical',
  for: '15s',
  expr: promql`max by (job, cls) (${etcdMetrics.etcdHasLeader}) == 0`,
  labels: ['job', 'cls'],
  summary: { en: 'etcd {{ $labels.cls }} has no leader', zh: 'etcd {{ $labels.cls }} 没有领导者' },
  description: {
    en: 'No member that answers knows a leader: etcd cannot write, as if its majority were lost.',
    zh: '所有应答的成员都不知道领导者：etcd 无法写入，等同于失去多数派。',
  },
  runbook: [
    '`etcdctl endpoint status --cluster -w table` and the logs: "lost leader", "elected leader".',
    'Check the network between the members on the peer port (2380) and the delay of their disks.',
  ],
});
