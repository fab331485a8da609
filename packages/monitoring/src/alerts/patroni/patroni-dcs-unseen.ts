import { patroniMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const patroniDcsUnseen = defineAlertFor((site) => ({
  name: 'PatroniDcsUnseen',
  severity: 'warning',
  for: '0s',
  expr: promql`time() - ${patroniMetrics.patroniDcsLastSeen} > ${site.rtoSeconds}`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: 'Patroni of {{ $labels.ins }} has not reached etcd for {{ $value | humanizeDuration }}',
    zh: '{{ $labels.ins }} 的 Patroni 已有 {{ $value | humanizeDuration }} 未能访问 etcd',
  },
  description: {
    en: 'Longer than a lease lasts. A primary gives up its role, or is kept by failsafe mode; a replica cannot be promoted.',
    zh: '超过了租约时长。主库将放弃角色或由故障安全模式维持；从库无法被提升。',
  },
  runbook: [
    'On the node: `etcdctl endpoint health --cluster` with the certificates of Patroni.',
    'One member only: its network, name resolution or certificate. All members: look at EtcdQuorumLost and EtcdNoLeader.',
    'Do not restart a primary meanwhile: it could not become one again.',
  ],
}));
