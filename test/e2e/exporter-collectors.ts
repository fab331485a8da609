import { defineCollector, gauge, type AnyCollector } from '@pgattest/catalog';

const base = {
  source: 'postgres',
  scope: 'instance',
  help: 'A collector for tests',
  cacheSeconds: 0,
  timeoutSeconds: 60,
  priority: 1000,
} as const;

/** Runs as long as it is told to. */
export function slowCollector(seconds: number): AnyCollector {
  return defineCollector({
    ...base,
    id: 'pg_slow',
    labels: {},
    metrics: { value: gauge('count', 'Always 1') },
    variants: [{ branch: 'pg_slow', sql: `SELECT 1 AS value FROM pg_sleep(${seconds})` }],
  });
}

/** What the session of a collector is bound by. */
export const guardCollector: AnyCollector = defineCollector({
  ...base,
  id: 'pg_guard',
  timeoutSeconds: 2,
  labels: {
    statement_timeout: 'As the server has it',
    lock_timeout: 'As the server has it',
    read_only: 'As the server has it',
    application_name: 'As the server has it',
  },
  metrics: { value: gauge('count', 'Always 1') },
  variants: [
    {
      branch: 'pg_guard',
      sql: `SELECT current_setting('statement_timeout') AS statement_timeout,
                   current_setting('lock_timeout') AS lock_timeout,
                   current_setting('transaction_read_only') AS read_only,
                   current_setting('application_name') AS application_name,
                   1 AS value`,
    },
  ],
});

/** Returns the same series twice. */
export const repeatingCollector: AnyCollector = defineCollector({
  ...base,
  id: 'pg_repeating',
  labels: { name: 'Who' },
  metrics: { value: gauge('count', 'A value') },
  variants: [
    { branch: 'pg_repeating', sql: `SELECT name, value FROM (VALUES ('a', 1), ('a', 2), ('b', 3)) AS t (name, value)` },
  ],
});

/** Does not return what it promises. */
export const driftedCollector: AnyCollector = defineCollector({
  ...base,
  id: 'pg_drifted',
  labels: {},
  metrics: { value: gauge('count', 'A value') },
  variants: [{ branch: 'pg_drifted', sql: 'SELECT 1 AS valeu' }],
});

/** Waits on a replica, so that it can be promoted meanwhile. */
export const roleWaitCollector: AnyCollector = defineCollector({
  ...base,
  id: 'pg_role_wait',
  priority: 1,
  labels: {},
  metrics: { value: gauge('count', 'Always 1') },
  variants: [
    {
      branch: 'pg_role_wait_replica',
      role: 'replica',
      // Until the server is promoted, at most 20 s.
      sql: `SELECT 1 AS value FROM generate_series(1, 200) AS turn
             WHERE CASE WHEN pg_is_in_recovery() THEN pg_sleep(0.1) IS NULL ELSE true END LIMIT 1`,
    },
    { branch: 'pg_role_wait_primary', role: 'primary', sql: 'SELECT 1 AS value' },
  ],
});

/** An error (55000) on a server that is not in the role it was planned for. */
export const roleBoundCollector: AnyCollector = defineCollector({
  ...base,
  id: 'pg_role_bound',
  priority: 2,
  labels: {},
  metrics: { value: gauge('count', '1 on a primary, 2 on a replica') },
  variants: [
    {
      branch: 'pg_role_bound_replica',
      role: 'replica',
      sql: 'SELECT 2 AS value WHERE pg_is_wal_replay_paused() IS NOT NULL',
    },
    { branch: 'pg_role_bound_primary', role: 'primary', sql: 'SELECT 1 AS value' },
  ],
});
