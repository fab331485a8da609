import { pgbouncerDatabase, pgbouncerPoolQueue, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const pgbouncerWaitTooLong = defineAlertFor((site) => ({
  name: 'PgbouncerWaitTooLong',
  severity: 'critical',
  for: '30s',
  expr: promql`max by (job, cls, ins, datname, user) (${pgbouncerPoolQueue.m.longest_wait_seconds}) > ${site.thresholds.poolerWait} unless on (job, cls, ins, datname) (${pgbouncerDatabase.m.paused} == 1)`,
  labels: ['job', 'cls', 'ins', 'datname', 'user'],
  summary: {
    en: 'Clients of {{ $labels.datname }} on {{ $labels.ins }} wait {{ $value | humanizeDuration }} for a connection',
    zh: '{{ $labels.ins }} 上 {{ $labels.datname }} 的客户端等待连接已达 {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'The longest waiting client of user {{ $labels.user }} has waited that long: applications time out.',
    zh: '用户 {{ $labels.user }} 等待最久的客户端已等待如此之久：应用会超时。',
  },
  runbook: [
    '`SHOW POOLS`, then `SHOW SERVERS` on the console: servers in state active for long hold a transaction.',
    'End the transaction that blocks (`pg_terminate_backend`), or raise pool_size while max_connections allows it (`RELOAD`).',
  ],
}));
