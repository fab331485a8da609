import { pgStandby, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

/** WAL on disk at the standby, not replayed: a standby that is late on purpose receives at once. */
export const postgresReplicationLagBytes = defineAlertFor((site) => ({
  name: 'PostgresReplicationLagBytes',
  severity: 'warning',
  for: '2m',
  expr: promql`max by (job, cls, ins, appname) (${pgStandby.m.flush_lag_bytes}) > ${site.thresholds.lagBytes}`,
  labels: ['job', 'cls', 'ins', 'appname'],
  summary: {
    en: '{{ $labels.appname }} is {{ $value | humanize1024 }}B behind {{ $labels.ins }}',
    zh: '{{ $labels.appname }} 落后 {{ $labels.ins }} {{ $value | humanize1024 }}B',
  },
  description: {
    en: 'So much WAL of {{ $labels.ins }} is not yet on disk at the standby. With asynchronous replication this is what a failover to it would lose.',
    zh: '{{ $labels.ins }} 的这部分 WAL 尚未在备库落盘。异步复制下，这就是切换到它会丢失的数据量。',
  },
  runbook: [
    'See where it is stuck: `SELECT application_name, sent_lsn, write_lsn, flush_lsn, replay_lsn FROM pg_stat_replication` on {{ $labels.ins }}.',
    'sent behind: network or sender CPU. write/flush behind: disk of the standby.',
    'A bulk load on the primary explains a short rise; wait for it to end before acting.',
  ],
}));
