/** Work that repeats with a pause between. */
export interface Loop {
  /** When the current run began, in milliseconds of performance.now; undefined during the pause. */
  readonly runningSinceMs: number | undefined;
  readonly intervalMs: number;
  /** Ends the pause, or has the work done once more right after the run that goes on now. */
  wake(): void;
  /** Starts no run any more and waits for the one that goes on; whoever owns its signal aborts it. */
  close(): Promise<void>;
}

/**
 * Runs work now and after every pause. `restFactor` makes the pause at least that many times as long as the run was, so
 * that what has become slow does not run all the time.
 */
export function startLoop(intervalMs: number, work: () => Promise<void>, restFactor = 0): Loop {
  let runningSinceMs: number | undefined;
  let isClosed = false;
  let isWanted = false;
  let timer: NodeJS.Timeout | undefined;
  let endPause: (() => void) | undefined;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      endPause = resolve;
      timer = setTimeout(resolve, ms);
    });
  const turns = async (): Promise<void> => {
    for (;;) {
      isWanted = false;
      const began = performance.now();
      runningSinceMs = began;
      await work();
      runningSinceMs = undefined;
      if (isStopped()) return;
      if (wasWoken()) continue;
      await pause(Math.max(intervalMs, (performance.now() - began) * restFactor));
      if (isStopped()) return;
    }
  };
  const isStopped = (): boolean => isClosed;
  const wasWoken = (): boolean => isWanted;
  const ended = turns();
  return {
    get runningSinceMs() {
      return runningSinceMs;
    },
    intervalMs,
    wake() {
      isWanted = true;
      clearTimeout(timer);
      endPause?.();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      endPause?.();
      await ended;
    },
  };
}
