import { etcdMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const etcdMemberWithoutLeader = defineAlert({
  name: 'EtcdMemberWithoutLeader',
  severity: 'warning',
  for: '1m',
  expr: promql`${etcdMetrics.etcdHasLeader} == 0 and on (job, cls) ${etcdMetrics.etcdHasLeader} == 1`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: 'etcd member {{ $labels.ins }} is cut off from its leader',
    zh: 'etcd 成员 {{ $labels.ins }} 与领导者失联',
  },
  description: {
    en: '{{ $labels.ins }} runs and knows no leader while others do: requests to it fail, and it does not count for the majority.',
    zh: '{{ $labels.ins }} 在运行但不知道领导者，而其他成员正常：发往它的请求会失败，它也不计入多数派。',
  },
  runbook: [
    'Check its peer port (2380) from both sides, and its certificate: `openssl s_client -connect <ip>:2380`.',
    'Compare clocks: a certificate that is not yet valid there looks the same.',
  ],
});
