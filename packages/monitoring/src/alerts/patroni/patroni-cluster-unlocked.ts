import { patroniMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

/** Every member that answers says so: one that is cut off knows nothing. */
export const patroniClusterUnlocked = defineAlertFor((site) => ({
  name: 'PatroniClusterUnlocked',
  severity: 'critical',
  for: durationText(site.rtoSeconds),
  expr: promql`min by (job, cls) (${patroniMetrics.patroniClusterUnlocked}) == 1`,
  labels: ['job', 'cls'],
  summary: { en: 'Nobody holds the leader lock of {{ $labels.cls }}', zh: '集群 {{ $labels.cls }} 无人持有领导者锁' },
  description: {
    en: 'For longer than a failover may take no member of {{ $labels.cls }} has taken the leader lock: none is healthy enough, or etcd does not let them.',
    zh: '已超过故障切换允许的时长，{{ $labels.cls }} 仍无成员取得领导者锁：没有足够健康的成员，或 etcd 不可写。',
  },
  runbook: [
    '`patronictl list`, then the Patroni log of each member: it says why it does not take the lock (lag, nofailover, timeline, no answer of etcd).',
    'Check that etcd can write: `etcdctl endpoint health --cluster`.',
    'If all are too far behind and the loss is accepted: `patronictl failover --candidate <member>`.',
  ],
}));
