import { defineCollector, gauge } from '../model.ts';
import { lockChains, lockWaits, waitingSince } from '../sql/lock-waits.ts';

const sql = (since: string): string => `
SELECT
  found.sessions AS sessions,
  found.longest_wait AS longest_wait_seconds,
  found.longest_chain AS longest_chain_sessions,
  found.roots AS root_sessions
FROM (
  WITH RECURSIVE
      ${lockWaits(since)},
      ${lockChains}
  SELECT
    w.sessions,
    coalesce(extract(EPOCH FROM clock_timestamp() - w.since), 0) AS longest_wait,
    coalesce((SELECT max(c.length) FROM chain AS c), 0) AS longest_chain,
    (SELECT count(*) FROM root) AS roots
  FROM (SELECT count(*) AS sessions, min(since) AS since FROM waiting) AS w
) AS found`;

/**
 * Sessions that wait for a lock, and how deep the waits are nested: 3 is a session that waits for one that itself waits
 * for a third. A queue for one lock is a chain, as each waits for all before it. Whom they wait for is looked up for
 * the 64 that have waited longest, and only then; a chain is followed to 16.
 */
export const pgBlocked = defineCollector({
  id: 'pg_blocked',
  source: 'postgres',
  scope: 'instance',
  help: 'Sessions that wait for locks of others',
  cacheSeconds: 10,
  timeoutSeconds: 0.5,
  priority: 241,
  labels: {},
  metrics: {
    sessions: gauge('count', 'Sessions that wait for a lock'),
    longest_wait_seconds: gauge('seconds', 'Longest wait for a lock; before version 14 the age of its statement'),
    longest_chain_sessions: gauge('count', 'Sessions in the longest chain of waits, its root included, at most 16'),
    root_sessions: gauge('count', 'Sessions that others wait for and that wait for no lock themselves'),
  },
  variants: [
    { branch: 'pg_blocked_14', since: 140000, sql: sql(waitingSince.from14) },
    { branch: 'pg_blocked_10', since: 100000, until: 140000, sql: sql(waitingSince.before14) },
  ],
});
