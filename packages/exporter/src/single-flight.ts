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

  const settle = async (flight: Flight<Result>): Promise<void> => {
    try {
      await flight.running.done;
    } catch {
      // Every caller that still waits has been given the error.
    } finally {
      if (current === flight) current = undefined;
    }
  };

  const begin = (): Flight<Result> => {
    const controller = new AbortController();
    const flight: Flight<Result> = { running: start(controller.signal), controller, waiting: 0 };
    current = flight;
    const settled = settle(flight).finally(() => unsettled.delete(settled));
    unsettled.add(settled);
    return flight;
  };

  const abort = (flight: Flight<Result>, reason: AbortReason): void => {
    if (current === flight) current = undefined;
    flight.controller.abort(reason);
  };

  return {
    async join({ budgetMs, signal }) {
      if (signal.aborted) return undefined;
      const flight = current ?? begin();
      flight.waiting += 1;
      const patience = waitForEnd(budgetMs, signal);
      try {
        const first = await Promise.race([flight.running.done.then((result) => ({ result })), patience.ended]);
        if (typeof first === 'object') return first.result;
        const answer = first === 'deadline' ? flight.running.soFar() : undefined;
        if (flight.waiting === 1) abort(flight, first);
        return answer;
      } finally {
        flight.waiting -= 1;
        patience.stop();
      }
    },
    async close() {
      if (current !== undefined) abort(current, 'closing');
      await Promise.all(unsettled);
    },
  };
}

/** Settles when the caller's time is up or the caller went away. */
function waitForEnd(
  budgetMs: number,
  signal: AbortSignal,
): { readonly ended: Promise<'deadline' | 'abandoned'>; readonly stop: () => void } {
  const stopping = new AbortController();
  const ended = new Promise<'deadline' | 'abandoned'>((resolve) => {
    const timer = setTimeout(resolve, budgetMs, 'deadline');
    const gone = (): void => resolve('abandoned');
    signal.addEventListener('abort', gone);
    stopping.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', gone);
    });
  });
  return { ended, stop: () => stopping.abort() };
}
