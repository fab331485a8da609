import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

/** Live probes one at a time, with a pause between the end of one and the start of the next. */
export interface LivePace {
  run<T>(probe: () => Promise<T>): Promise<T>;
}

/** A pace for one cluster. The pause ends early with the signal, so that an ending run is not held up. */
export function createLivePace(pauseMs: number, signal: AbortSignal): LivePace {
  const oneAtATime = pLimit(1);
  let isFirst = true;
  return {
    run: (probe) =>
      oneAtATime(async () => {
        if (!isFirst && !signal.aborted) await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
        isFirst = false;
        return probe();
      }),
  };
}
