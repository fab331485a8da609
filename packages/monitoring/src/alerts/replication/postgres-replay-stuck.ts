import { pgCore, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';
import { livePrimary, liveReplica, standbyClusters } from '../roles.ts';

/** Patroni computes lag from received WAL, and a former primary that rejoined on the wrong timeline streams and replays nothing. */
export const postgresReplayStuck = defineAlert({
  name: 'PostgresReplayStuck',
  severity: 'warning',
  for: '1m',
  expr: promql`${pgCore.m.replay_lsn} == (${pgCore.m.replay_lsn} offset 10m) and on (cls) (${pgCore.m.lsn} - (${pgCore.m.lsn} offset 10m) > 16777216 and on (job, cls, ins) ${livePrimary}) and on (job, cls, ins) ${liveReplica} unless on (cls) ${standbyClusters}`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: '{{ $labels.ins }} has replayed nothing for ten minutes while its primary wrote',
    zh: '{{ $labels.ins }} 十分钟内未回放任何 WAL，而主库一直在写入',
  },
  description: {
    en: 'The replica looks healthy to Patroni and HAProxy and serves old data. It may have rejoined with a history of its own.',
    zh: '该从库在 Patroni 与 HAProxy 看来是健康的，却在提供旧数据。它可能带着自己的历史重新加入了集群。',
  },
  runbook: [
    '`SELECT pg_is_wal_replay_paused(), pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()` on {{ $labels.ins }}; a position ahead of the primary is a diverged history.',
    'A long query there can hold replay back: cancel it and look again.',
    'Diverged: save what only it has, then `patronictl reinit {{ $labels.cls }} {{ $labels.ins }}`.',
  ],
});
