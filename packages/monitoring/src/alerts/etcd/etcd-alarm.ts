import { etcdMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** Before 3.6 etcd does not show its alarms: a database as large as the quota raises NOSPACE. */
export const etcdAlarm = defineAlert({
  name: 'EtcdAlarm',
  severity: 'critical',
  for: '0s',
  expr: promql`max by (job, cls, ins, alarm_type) (${etcdMetrics.etcdAlarms}) == 1 or label_replace(max by (job, cls, ins) (${etcdMetrics.etcdDbSizeBytes} / ${etcdMetrics.etcdQuotaBytes}) >= 0.99, "alarm_type", "NOSPACE", "", "")`,
  labels: ['job', 'cls', 'ins', 'alarm_type'],
  summary: {
    en: 'etcd member {{ $labels.ins }} raises the alarm {{ $labels.alarm_type }}',
    zh: 'etcd 成员 {{ $labels.ins }} 触发告警 {{ $labels.alarm_type }}',
  },
  description: {
    en: 'NOSPACE: etcd refuses every write, and Patroni loses its lock. CORRUPT: members hold different data.',
    zh: 'NOSPACE：etcd 拒绝所有写入，Patroni 将失去锁。CORRUPT：成员间数据不一致。',
  },
  runbook: [
    '`etcdctl alarm list`.',
    'NOSPACE: compact, `etcdctl defrag` every member, then `etcdctl alarm disarm`; it does not end by itself.',
    'CORRUPT: stop the member that differs, remove it, and add it anew with an empty data directory.',
  ],
});
