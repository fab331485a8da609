import { etcdMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const etcdProposalsFailing = defineAlert({
  name: 'EtcdProposalsFailing',
  severity: 'warning',
  for: '0s',
  expr: promql`increase(${etcdMetrics.etcdProposalsFailedTotal}[15m]) > 5`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: { en: 'etcd member {{ $labels.ins }} fails writes', zh: 'etcd 成员 {{ $labels.ins }} 写入失败' },
  description: {
    en: 'Writes sent to {{ $labels.ins }} failed {{ $value | humanize }} times within 15 minutes, mostly for lack of a leader.',
    zh: '15 分钟内发往 {{ $labels.ins }} 的写入失败 {{ $value | humanize }} 次，多因没有领导者。',
  },
  runbook: [
    'Look at EtcdLeaderFlapping and EtcdQuorumAtRisk of the same cluster.',
    'Read the log of {{ $labels.ins }} for "took too long" and "lost leader".',
  ],
});
