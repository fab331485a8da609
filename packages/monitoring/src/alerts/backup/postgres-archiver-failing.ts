import { pgArchiver, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** A success that is newer than the last failure means the archiver has caught its breath. */
export const postgresArchiverFailing = defineAlert({
  name: 'PostgresArchiverFailing',
  severity: 'critical',
  for: '2m',
  expr: promql`increase(${pgArchiver.m.failed_count}[10m]) > 0 unless on (job, cls, ins) (${pgArchiver.m.finish_time} > ${pgArchiver.m.failed_time})`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: '{{ $labels.ins }} cannot archive WAL',
    zh: '{{ $labels.ins }} 无法归档 WAL',
  },
  description: {
    en: 'archive_command keeps failing and has not succeeded since. Point-in-time recovery stops at the last archived segment, and pg_wal grows until the disk is full.',
    zh: 'archive_command 持续失败且此后未成功。时间点恢复只能到最后一个已归档的段，pg_wal 会持续增长直至磁盘写满。',
  },
  runbook: [
    'Read what failed: `SELECT last_failed_wal, last_failed_time, failed_count FROM pg_stat_archiver` and the archiver lines of the PostgreSQL log.',
    'Run the archive command by hand as the postgres user; with pgBackRest: `pgbackrest --stanza={{ $labels.cls }} check`.',
    'Watch the free space of pg_wal meanwhile. Never delete files from pg_wal.',
  ],
});
