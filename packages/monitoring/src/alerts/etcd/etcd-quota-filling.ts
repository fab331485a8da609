import { etcdMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

export const etcdQuotaFilling = defineAlertFor((site) => ({
  name: 'EtcdQuotaFilling',
  severity: 'warning',
  for: '30m',
  expr: promql`predict_linear(${etcdMetrics.etcdDbSizeBytes}[6h], ${site.thresholds.diskFull}) > ${etcdMetrics.etcdQuotaBytes} and ${etcdMetrics.etcdDbSizeBytes} > ${etcdMetrics.etcdQuotaBytes} / 4`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: `etcd member {{ $labels.ins }} will reach its quota within ${durationText(site.thresholds.diskFull)}`,
    zh: `etcd 成员 {{ $labels.ins }} 将在 ${durationText(site.thresholds.diskFull)} 内达到配额`,
  },
  description: {
    en: 'At the rate of the last six hours the database of {{ $labels.ins }} grows to {{ $value | humanize1024 }}B, more than its quota.',
    zh: '按最近六小时的速度，{{ $labels.ins }} 的数据库将增长到 {{ $value | humanize1024 }}B，超过配额。',
  },
  runbook: [
    'See what writes: `etcdctl get --prefix --keys-only / | sort | uniq -c`; a client of another application is the usual reason.',
    'Set auto-compaction-retention, compact and defrag.',
  ],
}));
