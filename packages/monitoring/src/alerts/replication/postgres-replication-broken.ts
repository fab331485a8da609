import { pgRecv, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';
import { stateValue } from '../../state-value.ts';
import { liveReplica } from '../roles.ts';

export const postgresReplicationBroken = defineAlert({
  name: 'PostgresReplicationBroken',
  severity: 'critical',
  for: '1m',
  expr: promql`${liveReplica} unless on (job, cls, ins) (${pgRecv.m.state} == ${stateValue(pgRecv.m.state, 'streaming')})`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: { en: '{{ $labels.ins }} is a replica and receives no WAL', zh: '从库 {{ $labels.ins }} 没有在接收 WAL' },
  description: {
    en: '{{ $labels.ins }} is in recovery without a streaming WAL receiver. It falls behind, and a failover to it would lose data.',
    zh: '{{ $labels.ins }} 处于恢复状态但没有流复制接收进程。它会逐渐落后，切换到它会丢失数据。',
  },
  runbook: [
    'On the replica: `SELECT status, sender_host, sender_port FROM pg_stat_wal_receiver` and the last errors of its log.',
    '"requested WAL segment … has already been removed": re-create the replica (`patronictl reinit`) or restore the segment from the archive.',
    '"password authentication failed" or "no pg_hba.conf entry": compare the replication role and pg_hba.conf of the primary.',
    'On the primary: `SELECT * FROM pg_stat_replication` and `SELECT slot_name, active, wal_status FROM pg_replication_slots`.',
  ],
});
