import { ConnectError } from './errors.ts';

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
  const listening = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const options = { once: true, signal: listening.signal };
    signal.addEventListener('abort', () => reject(abortedError(signal, what)), options);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    listening.abort();
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
