import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

/** Live probes one at a time, and no more often than the pace allows. */
export interface LivePace {
  run<T>(probe: () => Promise<T>): Promise<T>;
}

/** Milliseconds of a clock that never goes back, and waiting by it. */
export interface PaceClock {
  readonly nowMs: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

const realClock: PaceClock = {
  nowMs: () => performance.now(),
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
};

/**
 * A pace for one cluster: between the starts of two live probes lies a pause at least, which one that takes longer has
 * used up. It ends early with the signal, so that an ending run is not held up.
 */
export function createLivePace(pauseMs: number, signal: AbortSignal, clock = realClock): LivePace {
  const oneAtATime = pLimit(1);
  let nextAtMs = -Infinity;
  return {
    run: (probe) =>
      oneAtATime(async () => {
        const waitMs = nextAtMs - clock.nowMs();
        if (waitMs > 0 && !signal.aborted) await clock.wait(waitMs, signal).catch(() => undefined);
        nextAtMs = clock.nowMs() + pauseMs;
        return probe();
      }),
  };
}
