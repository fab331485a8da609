/** How many requests: `burst` at once, then one more every `intervalMs`. */
export interface RateLimit {
  readonly intervalMs: number;
  readonly burst: number;
}

/** Takes a token for a request; false when there is none. Times are monotonic milliseconds. */
export type TokenBucket = (limit: RateLimit, nowMs: number) => boolean;

/** A bucket that is full at first; a changed limit takes effect at once. */
export function createTokenBucket(): TokenBucket {
  let tokens: number | undefined;
  let lastMs = 0;
  return ({ intervalMs, burst }, nowMs) => {
    const filled = tokens === undefined ? burst : tokens + (nowMs - lastMs) / intervalMs;
    lastMs = nowMs;
    tokens = Math.min(burst, filled);
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
