import { pgFreeze, pgFreezeConsumed, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { livePrimary } from '../roles.ts';

/** Time, not age: a busy server is always within weeks of wraparound. It counts when autovacuum does not keep up either. */
export const postgresWraparoundNear = defineAlertFor((site) => ({
  name: 'PostgresWraparoundNear',
  severity: 'critical',
  for: '10m',
  expr: promql`min by (job, cls, ins, datname) (${pgFreeze.m.remaining_xids}) / on (job, cls, ins) group_left () max by (job, cls, ins) (rate(${pgFreezeConsumed.m.xids_total}[1h])) < ${site.thresholds.wraparound} and on (job, cls, ins, datname) ${pgFreeze.m.autovacuum_ratio} > 1.2 and on (job, cls, ins) ${livePrimary}`,
  labels: ['job', 'cls', 'ins', 'datname'],
  summary: {
    en: 'Database {{ $labels.datname }} of {{ $labels.ins }} runs out of transaction ids in {{ $value | humanizeDuration }}',
    zh: '{{ $labels.ins }} 的数据库 {{ $labels.datname }} 将在 {{ $value | humanizeDuration }} 后耗尽事务号',
  },
  description: {
    en: 'At the rate of the last hour {{ $labels.datname }} reaches wraparound by then, and freezing does not keep up. PostgreSQL refuses every write shortly before.',
    zh: '按最近一小时的速度，{{ $labels.datname }} 届时将发生事务号回卷，而冻结跟不上。临近时 PostgreSQL 会拒绝所有写入。',
  },
  runbook: [
    'Find what holds it back: the oldest of pg_stat_activity.backend_xmin, pg_prepared_xacts, pg_replication_slots.xmin; end it.',
    '`SELECT relname, age(relfrozenxid) FROM pg_class WHERE relkind = $$r$$ ORDER BY 2 DESC LIMIT 10` in {{ $labels.datname }}, then `VACUUM (FREEZE, VERBOSE)` of these.',
    'Raise autovacuum_vacuum_cost_limit so that it keeps up.',
  ],
}));
