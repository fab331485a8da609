import { etcdMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const etcdQuotaNearlyUsed = defineAlertFor((site) => ({
  name: 'EtcdQuotaNearlyUsed',
  severity: 'warning',
  for: '5m',
  expr: promql`${etcdMetrics.etcdDbSizeBytes} / ${etcdMetrics.etcdQuotaBytes} > ${site.thresholds.etcdQuota}`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: 'etcd member {{ $labels.ins }} has used {{ $value | humanizePercentage }} of its quota',
    zh: 'etcd 成员 {{ $labels.ins }} 已使用配额的 {{ $value | humanizePercentage }}',
  },
  description: {
    en: 'At its quota etcd refuses every write until the alarm is disarmed: Patroni loses its lock then.',
    zh: '达到配额后 etcd 会拒绝所有写入直至解除告警：届时 Patroni 将失去锁。',
  },
  runbook: [
    '`etcdctl endpoint status --cluster -w table`: much of it free (DB SIZE IN USE smaller): `etcdctl defrag`, one member at a time, the leader last.',
    'Compact first when history is kept: `etcdctl compact <revision>`; auto-compaction-retention keeps it so.',
  ],
}));
