/** Work that several callers share. */
export interface Running<Result> {
  /** Settles soon after the signal given to `start` aborts; then its value is no longer looked at. */
  readonly done: Promise<Result>;
  /** The answer as far as it is known now, for a caller who cannot wait for the rest. */
  readonly soFar: () => Result;
}

/** How long one caller waits. */
export interface Patience {
  readonly budgetMs: number;
  /** Aborts when the caller went away. */
  readonly signal: AbortSignal;
}

/** Joins callers onto one piece of running work. */
export interface SingleFlight<Result> {
  /** Undefined when the caller went away. */
  join(patience: Patience): Promise<Result | undefined>;
  /** Aborts what runs and waits for it to settle. */
  close(): Promise<void>;
}

/** Why the work was aborted: nobody could wait longer, nobody listens any more, or the program stops. */
export type AbortReason = 'deadline' | 'abandoned' | 'closing';

interface Flight<Result> {
  readonly running: Running<Result>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Starts work on the first call and lets later calls join it. Every caller has a deadline of its own: when it passes,
 * the caller gets what is known so far, and the work goes on for the others. The work is aborted when the last
 * caller has left, so a scrape nobody waits for leaves no query behind.
 */
export function createSingleFlight<Result>(start: (signal: AbortSignal) => Running<Result>): SingleFlight<Result> {
  let current: Flight<Result> | undefined;
  const unsettled = new Set<Promise<unknown>>();

  const begin = (): Flight<Result> => {
    const controller = new AbortController();
    const flight: Flight<Result> = { running: start(controller.signal), controller, waiting: 0 };
    const settled = flight.running.done.then(
      () => undefined,
      () => undefined,
    );
    unsettled.add(settled);
    void settled.then(() => {
      unsettled.delete(settled);
      if (current === flight) current = undefined;
    });
    current = flight;
    return flight;
  };

  const abort = (flight: Flight<Result>, reason: AbortReason): void => {
    if (current === flight) current = undefined;
    flight.controller.abort(reason);
  };

  return {
    join({ budgetMs, signal }) {
      if (signal.aborted) return Promise.resolve(undefined);
      const flight = current ?? begin();
      flight.waiting += 1;
      return new Promise<Result | undefined>((resolve, reject) => {
        const leave = (reason: AbortReason): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', gone);
          flight.waiting -= 1;
          if (flight.waiting === 0) abort(flight, reason);
        };
        const gone = (): void => {
          leave('abandoned');
          resolve(undefined);
        };
        const timer = setTimeout(() => {
          resolve(flight.running.soFar());
          leave('deadline');
        }, budgetMs);
        signal.addEventListener('abort', gone);
        flight.running.done.then(
          (result) => {
            clearTimeout(timer);
            signal.removeEventListener('abort', gone);
            resolve(result);
          },
          (error: unknown) => {
            clearTimeout(timer);
            signal.removeEventListener('abort', gone);
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      });
    },
    async close() {
      if (current !== undefined) abort(current, 'closing');
      await Promise.all(unsettled);
    },
  };
}
