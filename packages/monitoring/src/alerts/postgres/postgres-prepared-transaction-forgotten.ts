import { pgPreparedTransaction, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const postgresPreparedTransactionForgotten = defineAlertFor((site) => ({
  name: 'PostgresPreparedTransactionForgotten',
  severity: 'warning',
  for: '0s',
  expr: promql`max by (job, cls, ins, datname) (${pgPreparedTransaction.m.oldest_age_seconds}) > ${site.thresholds.preparedTransaction}`,
  labels: ['job', 'cls', 'ins', 'datname'],
  summary: {
    en: 'A prepared transaction in {{ $labels.datname }} on {{ $labels.ins }} is {{ $value | humanizeDuration }} old',
    zh: '{{ $labels.ins }} 的 {{ $labels.datname }} 中有预备事务已存在 {{ $value | humanizeDuration }}',
  },
  description: {
    en: 'No session owns it, no timeout ends it: it keeps its locks and holds back VACUUM, across restarts too.',
    zh: '它不属于任何会话，也没有超时会结束它：持有锁并阻碍 VACUUM，重启后依然存在。',
  },
  runbook: [
    '`SELECT gid, prepared, owner FROM pg_prepared_xacts` in {{ $labels.datname }}.',
    'Ask the transaction manager for its verdict, then `COMMIT PREPARED` or `ROLLBACK PREPARED`.',
  ],
}));
