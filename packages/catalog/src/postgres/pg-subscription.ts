import { defineCollector, gauge, state } from '../model.ts';

const columns = `
SELECT
  d.datname AS datname,
  s.subname AS subname,
  CASE
    WHEN NOT s.subenabled THEN 0
    WHEN worker.runs THEN 1
    ELSE 2
  END AS state,
  extract(EPOCH FROM clock_timestamp() - worker.heard_at) AS last_message_age_seconds`;

// Names are unique in one database only, and before 12 the OID may not be read: the worker's session tells the database.
const from = `
FROM
  pg_subscription AS s
  JOIN pg_database AS d ON d.oid = s.subdbid
  CROSS JOIN LATERAL (
    SELECT
      count(*) > 0 AS runs,
      max(w.last_msg_receipt_time) AS heard_at
    FROM
      pg_stat_subscription AS w
      JOIN pg_stat_activity AS a ON a.pid = w.pid
    WHERE w.subname = s.subname AND w.relid IS NULL AND a.datid = s.subdbid
  ) AS worker`;

/** Subscriptions with their database: whether one that is switched on has a worker. Of a replica none works. */
export const pgSubscription = defineCollector({
  id: 'pg_subscription',
  source: 'postgres',
  scope: 'instance',
  help: 'Whether subscriptions are at work',
  cacheSeconds: 10,
  timeoutSeconds: 0.2,
  priority: 261,
  labels: { datname: 'Database of the subscription', subname: 'Subscription' },
  metrics: {
    state: state('What the subscription does', { 0: 'disabled', 1: 'running', 2: 'enabled without a worker' }),
    last_message_age_seconds: gauge('seconds', 'Time since the publisher was last heard, NaN without a worker'),
    failover: gauge('bool', 'Whether its slot at the publisher is to survive a failover, version 17 or later'),
  },
  variants: [
    {
      branch: 'pg_subscription_17',
      since: 170000,
      role: 'primary',
      sql: `${columns},
  s.subfailover AS failover${from}`,
    },
    {
      branch: 'pg_subscription_10',
      since: 100000,
      until: 170000,
      role: 'primary',
      omits: ['failover'],
      sql: `${columns}${from}`,
    },
  ],
});
