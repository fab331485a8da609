import { pgStandby, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { standbyClusters, standbyLeaderNames } from '../roles.ts';

/** Standby clusters may be late on purpose (recovery_min_apply_delay), which no metric tells: they are watched by bytes. */
export const postgresReplicationLagSeconds = defineAlertFor((site) => ({
  name: 'PostgresReplicationLagSeconds',
  severity: 'warning',
  for: '2m',
  expr: promql`max by (job, cls, ins, appname) (${pgStandby.m.replay_lag_seconds}) > ${site.thresholds.lag} unless on (appname) ${standbyLeaderNames} unless on (cls) ${standbyClusters}`,
  labels: ['job', 'cls', 'ins', 'appname'],
  summary: {
    en: '{{ $labels.appname }} is {{ $value | humanizeDuration }} behind {{ $labels.ins }}',
    zh: '{{ $labels.appname }} 落后 {{ $labels.ins }} {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'Reads on {{ $labels.appname }} see the past, and a failover to it has to replay that much first.',
    zh: '在 {{ $labels.appname }} 上的读取看到的是过去的数据，切换到它也需先回放这段 WAL。',
  },
  runbook: [
    'Is the WAL there but not replayed? Compare flush_lsn and replay_lsn in pg_stat_replication of {{ $labels.ins }}.',
    'A long query on the standby holds replay back up to max_standby_streaming_delay: `SELECT pid, now() - xact_start, left(query, 60) FROM pg_stat_activity ORDER BY xact_start`.',
    'Otherwise replay is at the limit of one core or of the disk.',
  ],
}));
