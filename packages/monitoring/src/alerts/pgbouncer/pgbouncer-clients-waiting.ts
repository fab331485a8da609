import { pgbouncerDatabase, pgbouncerPool, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const pgbouncerClientsWaiting = defineAlert({
  name: 'PgbouncerClientsWaiting',
  severity: 'warning',
  for: '2m',
  expr: promql`sum by (job, cls, ins, datname) (${pgbouncerPool.m.waiting_clients}) > 0 unless on (job, cls, ins, datname) (${pgbouncerDatabase.m.paused} == 1)`,
  labels: ['job', 'cls', 'ins', 'datname'],
  summary: {
    en: '{{ $value }} clients wait for a connection to {{ $labels.datname }} on {{ $labels.ins }}',
    zh: '{{ $labels.ins }} 上有 {{ $value }} 个客户端在等待 {{ $labels.datname }} 的连接',
  },
  description: {
    en: 'For two minutes clients have had to queue: the pool is too small for the load, or its transactions take too long.',
    zh: '客户端已排队两分钟：连接池过小，或事务耗时过长。',
  },
  runbook: [
    '`SHOW POOLS` on the console: cl_waiting, sv_active, maxwait.',
    'Servers all active: look for long or idle transactions in PostgreSQL before raising pool_size.',
  ],
});
