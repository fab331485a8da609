import { promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { targetUp } from '../../site/target-series.ts';

export const etcdQuorumAtRisk = defineAlertFor((site) => ({
  name: 'EtcdQuorumAtRisk',
  severity: 'warning',
  for: '1m',
  expr: promql`sum by (job, cls) (${targetUp(site, 'etcd')}) == floor(count by (job, cls) (${targetUp(site, 'etcd')}) / 2) + 1 and count by (job, cls) (${targetUp(site, 'etcd')}) > 1`,
  labels: ['job', 'cls'],
  summary: {
    en: 'etcd {{ $labels.cls }} has no member to spare: {{ $value }} are left',
    zh: 'etcd {{ $labels.cls }} 已无冗余：仅剩 {{ $value }} 个成员',
  },
  description: {
    en: 'If one more member is lost etcd has no majority: no failover is possible then, and primaries without failsafe mode give up.',
    zh: '再失去一个成员 etcd 就没有多数派：届时无法故障切换，未启用故障安全模式的主库将降级。',
  },
  runbook: [
    'Bring back the member that is down before anything else is restarted: `etcdctl endpoint status --cluster -w table`.',
    'A member that is lost for good: `etcdctl member remove` and `member add`, then start it with an empty data directory.',
  ],
}));
