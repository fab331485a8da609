import { promql } from '@pgattest/catalog';
import { defineAlert } from '../model.ts';
import { standbyLagBytes } from '../recording/replication.ts';

const limitBytes = 128 * 1024 * 1024;

export const postgresReplicationLagBytes = defineAlert({
  name: 'PostgresReplicationLagBytes',
  severity: 'warning',
  for: '2m',
  expr: promql`${standbyLagBytes} > ${limitBytes}`,
  labels: ['job', 'cls', 'ins', 'appname'],
  summary: {
    en: '{{ $labels.appname }} is {{ $value | humanize1024 }}B behind {{ $labels.ins }}',
    zh: '{{ $labels.appname }} 落后 {{ $labels.ins }} {{ $value | humanize1024 }}B',
  },
  description: {
    en: 'The standby has more than 128 MiB of WAL still to replay. With asynchronous replication this is what a failover could lose.',
    zh: '备库尚有超过 128 MiB 的 WAL 未回放。异步复制下，这就是切换时可能丢失的数据量。',
  },
  runbook: [
    'See where it is stuck: `SELECT application_name, sent_lsn, write_lsn, flush_lsn, replay_lsn FROM pg_stat_replication` on {{ $labels.ins }}.',
    'sent behind: network or sender CPU. write/flush behind: disk of the standby. replay behind: a long query there with max_standby_streaming_delay, or one recovery core at its limit.',
    'A bulk load on the primary explains a short rise; wait for it to end before acting.',
  ],
});
