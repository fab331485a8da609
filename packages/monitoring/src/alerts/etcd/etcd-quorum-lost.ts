import { promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { targetUp } from '../../site/target-series.ts';
import { stillFiring } from '../still-firing.ts';

/** Until the majority has been there for a minute: Patroni and vip-manager need some of it to find their way back. */
export const etcdQuorumLost = defineAlertFor((site) => {
  const up = targetUp(site, 'etcd');
  const majority = promql`floor(count by (job, cls) (${up}) / 2) + 1`;
  return {
    name: 'EtcdQuorumLost',
    severity: 'critical',
    for: '15s',
    expr: promql`sum by (job, cls) (${up}) < ${majority} or (sum by (job, cls) (min_over_time(${up}[1m])) < ${majority} and on (job, cls) ${stillFiring('EtcdQuorumLost')})`,
    labels: ['job', 'cls'],
    summary: {
      en: 'etcd {{ $labels.cls }} has lost its majority: {{ $value }} members answer',
      zh: 'etcd {{ $labels.cls }} 失去多数派：仅 {{ $value }} 个成员应答',
    },
    description: {
      en: 'etcd cannot write. Patroni cannot fail over; primaries are kept by failsafe mode or become read-only within the RTO.',
      zh: 'etcd 无法写入。Patroni 无法故障切换；主库由故障安全模式维持，否则将在 RTO 内变为只读。',
    },
    runbook: [
      'Start the members that are down, any of them that makes a majority again.',
      'Touch no database node meanwhile.',
      'If a majority is lost for good: restore from a snapshot with `etcdctl snapshot restore`, then restart Patroni member by member.',
    ],
  };
});
