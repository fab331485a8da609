import { patroniMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const patroniFailsafeActive = defineAlert({
  name: 'PatroniFailsafeActive',
  severity: 'critical',
  // Longer than etcd's own alerts take, so that the cause is told and not this; a change of etcd's leader passes sooner.
  for: '30s',
  expr: promql`max by (job, cls) (${patroniMetrics.patroniFailsafeModeIsActive}) == 1`,
  labels: ['job', 'cls'],
  summary: {
    en: '{{ $labels.cls }} runs without etcd, kept writable by failsafe mode',
    zh: '集群 {{ $labels.cls }} 已失去 etcd，仅靠故障安全模式维持可写',
  },
  description: {
    en: 'The primary of {{ $labels.cls }} keeps its role only because all its members answer it. If one more of them is lost it gives up, and no failover is possible.',
    zh: '{{ $labels.cls }} 的主库仅因所有成员均应答才得以保留角色；再失去一个成员就会降级，且无法进行故障切换。',
  },
  runbook: [
    'Restore etcd first: `etcdctl endpoint health --cluster`; look at the etcd alerts.',
    'Until then restart, stop or upgrade nothing on the members of {{ $labels.cls }}.',
  ],
});
