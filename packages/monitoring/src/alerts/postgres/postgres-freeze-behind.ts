import { pgFreeze, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';
import { livePrimary } from '../roles.ts';

export const postgresFreezeBehind = defineAlert({
  name: 'PostgresFreezeBehind',
  severity: 'warning',
  for: '30m',
  expr: promql`(max by (job, cls, ins, datname) (${pgFreeze.m.autovacuum_ratio}) > 1.5 or max by (job, cls, ins, datname) (${pgFreeze.m.autovacuum_multixact_ratio}) > 1.5) and on (job, cls, ins) ${livePrimary}`,
  labels: ['job', 'cls', 'ins', 'datname'],
  summary: {
    en: 'Freezing of database {{ $labels.datname }} on {{ $labels.ins }} does not keep up',
    zh: '{{ $labels.ins }} 上数据库 {{ $labels.datname }} 的冻结未能跟上',
  },
  description: {
    en: 'The oldest transaction or multixact is {{ $value | humanize }} times as old as autovacuum allows: its anti-wraparound runs do not end, or something holds them back.',
    zh: '最旧的事务或 multixact 已达自动清理上限的 {{ $value | humanize }} 倍：防回卷清理未能完成，或被某物阻挡。',
  },
  runbook: [
    'Is one running? `SELECT * FROM pg_stat_progress_vacuum`. A lock it waits for shows in pg_stat_activity.',
    'Long transactions, prepared transactions and slots keep old rows: look at PostgresIdleInTransaction, PostgresPreparedTransactionForgotten and PostgresSlotAbandoned.',
  ],
});
