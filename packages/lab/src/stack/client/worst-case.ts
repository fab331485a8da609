import type { RtoPlan } from '../rto-plans.ts';

/** How long things may take, in milliseconds, from the timers alone. */
export interface WorstCase {
  /** The primary is gone without a word: until clients write again. */
  readonly failoverMs: number;
  /** The primary's PostgreSQL is gone and its Patroni lives: it may try for primary_start_timeout before it gives up. */
  readonly restartMs: number;
  /** etcd is gone: until the leader is in failsafe mode, or has demoted itself. */
  readonly dcsLostMs: number;
}

// Election and promotion of a small database. Source: Pigsty docs, key timing formula (1-2 s and 1-5 s).
const electionMs = 2_000;
const promotionMs = 5_000;

/**
 * The bounds of a plan: `ttl` until the lease ends, one loop until somebody looks, election and promotion, then HAProxy:
 * `rise` checks of the new primary at the interval for servers that are down. A client notices with its own time-out.
 *
 * Source: Pigsty docs, HA: RTO = TTL + election + promotion + HAProxy detection.
 */
export function worstCaseOf(plan: RtoPlan, clientTimeoutMs: number): WorstCase {
  const { ttl, loopWait, retryTimeout, primaryStartTimeout, haproxy } = plan;
  const interMs = Math.max(parseInterval(haproxy.inter), parseInterval(haproxy.downinter));
  const detectionMs = haproxy.rise * interMs + haproxy.fall * parseInterval(haproxy.inter);
  const afterLeaseMs = loopWait * 1_000 + electionMs + promotionMs + detectionMs + clientTimeoutMs;
  return {
    failoverMs: ttl * 1_000 + afterLeaseMs,
    restartMs: (loopWait + primaryStartTimeout) * 1_000 + afterLeaseMs,
    dcsLostMs: (loopWait + 2 * retryTimeout) * 1_000,
  };
}

/** HAProxy's `500ms`, `2s` in milliseconds. Errors: RangeError. */
export function parseInterval(text: string): number {
  const parts = /^(\d+)(ms|s)$/u.exec(text);
  if (parts === null) throw new RangeError(`not an interval of HAProxy: ${text}`);
  return Number(parts[1]) * (parts[2] === 's' ? 1_000 : 1);
}
