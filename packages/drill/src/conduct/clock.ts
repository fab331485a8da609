/** Time as an argument. */
export interface Clock {
  readonly now: () => Date;
  /** Milliseconds that only grow. */
  readonly elapsedMs: () => number;
}

/** The clock of this machine. */
export const systemClock: Clock = { now: () => new Date(), elapsedMs: () => performance.now() };

/** Seconds with three decimals. */
export const secondsOf = (ms: number): number => Math.round(Math.max(ms, 0)) / 1000;
