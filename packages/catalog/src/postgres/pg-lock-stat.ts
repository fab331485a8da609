import { counter, defineCollector } from '../model.ts';

/** pg_stat_lock: waits of more than deadlock_timeout, per type of lock. */
export const pgLockStat = defineCollector({
  id: 'pg_lock_stat',
  source: 'postgres',
  scope: 'instance',
  help: 'Long waits for locks per type of lock',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 131,
  labels: { locktype: 'What is locked, for example relation or transactionid' },
  metrics: {
    waits: counter('count', 'Locks got after waiting longer than deadlock_timeout'),
    wait_time: counter('seconds', 'Time spent in such waits'),
    fastpath_exceeded: counter('count', 'Locks that found no free fast-path slot'),
  },
  variants: [
    {
      branch: 'pg_lock_stat',
      since: 190000,
      sql: `
SELECT
  locktype AS locktype,
  waits AS waits,
  wait_time / 1000.0 AS wait_time,
  fastpath_exceeded AS fastpath_exceeded
FROM pg_stat_lock`,
    },
  ],
});
