import { pgbouncerDatabase, pgbouncerPoolQueue, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const pgbouncerPoolStalled = defineAlert({
  name: 'PgbouncerPoolStalled',
  severity: 'critical',
  for: '30s',
  expr: promql`max by (job, cls, ins, datname, user) (${pgbouncerPoolQueue.m.stalled}) == 1 unless on (job, cls, ins, datname) (${pgbouncerDatabase.m.paused} == 1)`,
  labels: ['job', 'cls', 'ins', 'datname', 'user'],
  summary: {
    en: 'Clients of {{ $labels.datname }} on {{ $labels.ins }} wait and no server connection is made',
    zh: '{{ $labels.ins }} 上 {{ $labels.datname }} 的客户端在等待，但没有任何服务器连接建立',
  },
  description: {
    en: 'PgBouncer cannot connect to PostgreSQL as {{ $labels.user }}: the server is down, refuses the role, or has no connection left.',
    zh: 'PgBouncer 无法以 {{ $labels.user }} 身份连接 PostgreSQL：服务器停止、拒绝该角色或连接已耗尽。',
  },
  runbook: [
    'Read the log of PgBouncer: it says why a server login fails.',
    'Try it by hand: `psql -h <host> -p 5432 -U {{ $labels.user }} {{ $labels.datname }}`.',
  ],
});
