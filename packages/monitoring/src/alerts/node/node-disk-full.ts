import { nodeMetrics, not, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const nodeDiskFull = defineAlert({
  name: 'NodeDiskFull',
  severity: 'critical',
  for: '5m',
  expr: promql`${select(nodeMetrics.nodeFilesystemAvailBytes, { fstype: not(/tmpfs|ramfs|overlay|squashfs|iso9660/) })} / ${nodeMetrics.nodeFilesystemSizeBytes} < 0.05`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'mountpoint'],
  summary: {
    en: '{{ $labels.mountpoint }} of {{ $labels.ins }} has {{ $value | humanizePercentage }} left',
    zh: '{{ $labels.ins }} 的 {{ $labels.mountpoint }} 仅剩 {{ $value | humanizePercentage }}',
  },
  description: {
    en: 'PostgreSQL stops when it cannot write WAL, and does not start before there is room.',
    zh: '无法写入 WAL 时 PostgreSQL 会停止，且在腾出空间之前无法启动。',
  },
  runbook: [
    'Make room outside the data directory first: logs, dumps, core files.',
    'Then fail over to a member with room, or extend the file system. Never delete files from pg_wal.',
  ],
  needs: 'the node exporter',
});
