/** Sessions looked at for whom they wait for: pg_blocking_pids stops all locking for a moment each time. */
const examinedWaiters = 64;
/** Waits behind waits that are followed. */
const maxChain = 16;

/** Since when a lock has been awaited, by server version. */
export const waitingSince = {
  /** The server says. */
  from14: 'min(l.waitstart)',
  /** When the statement that waits began. */
  before14: 'min(a.query_start)',
} as const;

/**
 * Start of a WITH RECURSIVE over who waits for whom. `waiting`: every session that waits for a lock, `since` when.
 * `edge`: of those that have waited longest, each with each session it waits for, 0 for a prepared transaction.
 * `root`: who is waited for and does not wait. Where nobody waits it costs one look at pg_locks.
 */
export const lockWaits = (since: string): string => `waiting AS (
        SELECT l.pid, ${since} AS since
        FROM
          pg_locks AS l
          LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
        WHERE NOT l.granted
        GROUP BY l.pid
      ),
      examined AS (
        SELECT w.pid FROM waiting AS w ORDER BY w.since, w.pid LIMIT ${examinedWaiters}
      ),
      edge AS (
        SELECT DISTINCT e.pid, b.blocker
        FROM
          examined AS e
          CROSS JOIN LATERAL unnest(pg_blocking_pids(e.pid)) AS b (blocker)
      ),
      root AS (
        SELECT DISTINCT e.blocker AS pid FROM edge AS e WHERE e.blocker NOT IN (SELECT w.pid FROM waiting AS w)
      )`;

/** Next part of it, `chain`: sessions with every length of a chain of waits they are the end of, roots having 1. */
export const lockChains = `chain AS (
        SELECT r.pid, 1 AS length FROM root AS r
        UNION
        SELECT e.pid, c.length + 1
        FROM
          chain AS c
          JOIN edge AS e ON e.blocker = c.pid
        WHERE c.length < ${maxChain}
      )`;

/** Next part of it, `held`: every session that waits for a root, directly or behind others. */
export const heldUp = `held AS (
        SELECT e.blocker AS root, e.pid
        FROM
          edge AS e
          JOIN root AS r ON r.pid = e.blocker
        UNION
        SELECT h.root, e.pid
        FROM
          held AS h
          JOIN edge AS e ON e.blocker = h.pid
      )`;
