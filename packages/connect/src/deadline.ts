import { setMaxListeners } from 'node:events';
import { ConnectError } from './errors.ts';

/** Longest that node's timers take: a longer one would fire at once. */
const longestTimerMs = 2_147_483_647;

/** The error of an aborted signal: `timeout` when a deadline passed, `aborted` when somebody cancelled. */
export function abortedError(signal: AbortSignal, what: string): ConnectError {
  const reason: unknown = signal.reason;
  if (reason instanceof ConnectError) return reason;
  const timedOut = reason instanceof Error && reason.name === 'TimeoutError';
  return new ConnectError(timedOut ? 'timeout' : 'aborted', `${what}: ${timedOut ? 'deadline passed' : 'cancelled'}`, {
    cause: reason,
  });
}

/**
 * Waits for a promise, but not beyond the signal. What the promise does afterwards is ignored: whoever started it must
 * bound it. Errors: those of the promise; timeout, aborted.
 */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal, what: string): Promise<T> {
  // Without this a later rejection of an abandoned promise would end the process.
  promise.catch(() => undefined);
  if (signal.aborted) throw abortedError(signal, what);
  let forget: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    forget = onAbort(signal, () => reject(abortedError(signal, what)));
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    forget?.();
  }
}

/** Calls back once when the signal aborts; the result takes that back. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  // One scrape's signal bounds many queries: node's warning about more than ten listeners does not apply.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', callback, { once: true });
  return () => {
    signal.removeEventListener('abort', callback);
  };
}

/**
 * A signal that aborts with the first of several, until released. AbortSignal.any would leave a trace in long-lived
 * signals for each short-lived one.
 */
export function firstOf(...signals: readonly AbortSignal[]): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  const links = signals.map((signal) => {
    if (signal.aborted) controller.abort(signal.reason);
    return onAbort(signal, () => controller.abort(signal.reason));
  });
  return {
    signal: controller.signal,
    release: () => {
      for (const unlink of links) unlink();
    },
  };
}

/** Runs with a signal that also aborts, as a `timeout` of these words, after `ms`. */
export async function within<T>(
  ms: number,
  late: string,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new ConnectError('timeout', late)), Math.min(ms, longestTimerMs));
  const both = firstOf(signal, deadline.signal);
  try {
    return await run(both.signal);
  } finally {
    both.release();
    clearTimeout(timer);
  }
}

/** Waits for a promise, at most `ms`; its outcome does not matter. */
export async function settleWithin(promise: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  const settled = promise.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([settled, bound]);
  clearTimeout(timer);
}
