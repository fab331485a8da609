import { nodeMetrics, not, promql, select } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

export const nodeDiskFilling = defineAlertFor((site) => ({
  name: 'NodeDiskFilling',
  severity: 'warning',
  for: '30m',
  expr: promql`predict_linear(${select(nodeMetrics.nodeFilesystemAvailBytes, { fstype: not(/tmpfs|ramfs|overlay|squashfs|iso9660/) })}[6h], ${site.thresholds.diskFull}) < 0 and ${nodeMetrics.nodeFilesystemAvailBytes} / ${nodeMetrics.nodeFilesystemSizeBytes} < 0.4`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'mountpoint'],
  summary: {
    en: `{{ $labels.mountpoint }} of {{ $labels.ins }} will be full within ${durationText(site.thresholds.diskFull)}`,
    zh: `{{ $labels.ins }} 的 {{ $labels.mountpoint }} 将在 ${durationText(site.thresholds.diskFull)} 内写满`,
  },
  description: {
    en: 'At the rate of the last six hours. PostgreSQL stops when it cannot write WAL.',
    zh: '按最近六小时的速度估算。无法写入 WAL 时 PostgreSQL 会停止。',
  },
  runbook: [
    '`du -xh {{ $labels.mountpoint }} | sort -h | tail`: data, WAL, logs or something else?',
    'WAL: look at PostgresArchiverFailing and PostgresSlotAbandoned. Never delete files from pg_wal.',
  ],
  needs: 'the node exporter',
}));
