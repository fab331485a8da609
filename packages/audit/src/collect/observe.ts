import { ConnectError } from '@pgattest/connect';
import { redactSecrets } from '@pgattest/runtime';
import { canonicalJson } from '../evidence/canonical-json.ts';
import { NotDeclaredError } from '../not-declared-error.ts';
import type { AnyProbe, Observation, UnavailableCode } from '../probe.ts';
import { unavailableCodeOf } from '../unavailable-code.ts';

/** Bounds of one look. */
export interface ObserveBounds {
  readonly probeTimeoutMs: number;
  readonly now: () => Date;
  /** Somebody interrupts: nothing is kept. */
  readonly signal: AbortSignal;
  /** The run has used its time: what is left is unavailable, and the run is filed all the same. */
  readonly runDeadline?: AbortSignal;
}

/**
 * One probe on one subject, within its deadline even when the probe forgets it. Rejects only when interrupted.
 */
export async function observe(
  probe: AnyProbe,
  subject: string,
  contextFor: (signal: AbortSignal) => object,
  bounds: ObserveBounds,
): Promise<Observation<unknown>> {
  const deadline = AbortSignal.timeout(bounds.probeTimeoutMs);
  const ends = [bounds.signal, deadline, ...(bounds.runDeadline === undefined ? [] : [bounds.runDeadline])];
  const signal = AbortSignal.any(ends);
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the target's kind is the probe's, so is its context
    const value = await orAborted(probe.collect({ ...contextFor(signal), signal } as never), signal);
    const at = bounds.now().toISOString();
    // What is judged now must equal what is read back later, so the value passes through its file form.
    const stored: unknown = JSON.parse(canonicalJson(value));
    return { status: 'ok', at, value: stored };
  } catch (cause) {
    bounds.signal.throwIfAborted();
    if (bounds.runDeadline?.aborted === true) return runIsOver(probe, subject, bounds);
    if (deadline.aborted) {
      const why = `no answer within ${bounds.probeTimeoutMs} ms`;
      return unavailable('timeout', `cannot collect ${probe.id} on ${subject}: ${why}`, bounds);
    }
    return failed(cause, probe, subject, bounds);
  }
}

/** What a probe that threw amounts to, with the privilege it lacks. */
export function failed(
  cause: unknown,
  probe: AnyProbe,
  subject: string,
  bounds: Pick<ObserveBounds, 'now'>,
): Observation<never> {
  if (cause instanceof NotDeclaredError) {
    return unavailable('not_configured', `cannot collect ${probe.id} on ${subject}: ${cause.message}`, bounds);
  }
  const code = cause instanceof ConnectError ? unavailableCodeOf[cause.code] : 'probe_failed';
  const remedy =
    code === 'permission_denied'
      ? `; it needs ${probe.privilege}, "pgattest audit doctor" prints ${probe.grants.length > 0 ? 'the statements' : 'what is missing'}`
      : '';
  return unavailable(code, `cannot collect ${probe.id} on ${subject}: ${describe(cause)}${remedy}`, bounds);
}

/** What was not asked any more because the run had used its time. */
export const runIsOver = (probe: AnyProbe, subject: string, bounds: Pick<ObserveBounds, 'now'>): Observation<never> =>
  unavailable('timeout', `cannot collect ${probe.id} on ${subject}: the run used up its time (run_timeout)`, bounds);

/** The message quotes what a server or a program said: a password in it goes no further. */
export const unavailable = (
  code: UnavailableCode,
  message: string,
  { now }: Pick<ObserveBounds, 'now'>,
): Observation<never> => ({ status: 'unavailable', at: now().toISOString(), code, message: redactSecrets(message) });

/** Waits for the probe, not beyond the signal; what it does afterwards is ignored. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  promise.catch(() => undefined);
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}

/** On one line: OpenSSL ends its messages with one. */
const describe = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).trim().replaceAll(/\s*\n\s*/gu, ' ');
