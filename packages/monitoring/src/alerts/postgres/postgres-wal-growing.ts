import { pgSetting, pgSize, promql, select } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

/** What a full disk begins with, from metrics of our own: they know no free space. */
export const postgresWalGrowing = defineAlertFor((site) => ({
  name: 'PostgresWalGrowing',
  severity: 'warning',
  for: '10m',
  expr: promql`max by (job, cls, ins) (${select(pgSize.m.bytes, { datname: 'wal' })}) > ${site.thresholds.walGrowth} * max by (job, cls, ins) (${pgSetting.m.max_wal_size})`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: 'pg_wal of {{ $labels.ins }} has grown to {{ $value | humanize1024 }}B',
    zh: '{{ $labels.ins }} 的 pg_wal 已增长到 {{ $value | humanize1024 }}B',
  },
  description: {
    en: 'Far more than max_wal_size: an archiver that fails, a slot nobody reads, or wal_keep_size keeps it. When the disk is full PostgreSQL stops.',
    zh: '远超 max_wal_size：归档失败、无人消费的复制槽或 wal_keep_size 在保留 WAL。磁盘写满时 PostgreSQL 会停止。',
  },
  runbook: [
    'Look at PostgresArchiverFailing and PostgresSlotAbandoned of {{ $labels.ins }}.',
    '`df -h` on the node. Never delete files from pg_wal.',
  ],
}));
