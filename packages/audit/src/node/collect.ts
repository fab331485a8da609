import { ConnectError } from '@pgattest/connect';
import { canonicalJson } from '../evidence/canonical-json.ts';
import type { AnyProbe, Observation, Probe, UnavailableCode } from '../probe.ts';
import { unavailableCodeOf } from '../unavailable-code.ts';
import type { NodeAccess } from './access.ts';
import type { NodeDocument } from './document.ts';

/** A probe of a node. */
export type NodeProbe = Probe<string, unknown, 'node'>;

/** The probes of nodes among these. */
export const nodeProbesOf = (probes: readonly AnyProbe[]): readonly NodeProbe[] =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its subject says what its context is
  probes.filter(({ subject }) => subject === 'node') as readonly AnyProbe[] as readonly NodeProbe[];

export interface CollectNodeOptions {
  readonly probes: readonly NodeProbe[];
  /** Opens the host for one probe; the signal ends with the probe's time. */
  readonly open: (signal: AbortSignal) => NodeAccess;
  readonly host: string;
  readonly version: string;
  readonly probeTimeoutMs: number;
  /** After this nothing more is asked: the remaining probes are unavailable with `timeout`. */
  readonly totalTimeoutMs: number;
  readonly now: () => Date;
  /** Ends the collection: it then rejects. */
  readonly signal: AbortSignal;
  readonly onObservation?: (probe: string, observation: Observation<unknown>) => void;
}

/** Looks at one host with every probe, one after the other. A probe that fails costs its own fact only. */
export async function collectNode(options: CollectNodeOptions): Promise<NodeDocument> {
  const whole = AbortSignal.timeout(options.totalTimeoutMs);
  const observations: { readonly probe: string; readonly observation: Observation<unknown> }[] = [];
  let isRoot = false;
  for (const probe of options.probes) {
    options.signal.throwIfAborted();
    const deadline = AbortSignal.timeout(options.probeTimeoutMs);
    const signal = AbortSignal.any([options.signal, whole, deadline]);
    const node = options.open(signal);
    isRoot = node.isRoot;
    const observation = await observeNode(probe, node, signal, options);
    observations.push({ probe: probe.id, observation });
    options.onObservation?.(probe.id, observation);
  }
  return {
    formatVersion: 1,
    host: options.host,
    collectedAt: options.now().toISOString(),
    collector: { name: 'pgattest', version: options.version, isRoot },
    observations,
  };
}

async function observeNode(
  probe: NodeProbe,
  node: NodeAccess,
  signal: AbortSignal,
  options: CollectNodeOptions,
): Promise<Observation<unknown>> {
  const failed = (code: UnavailableCode, message: string): Observation<never> => ({
    status: 'unavailable',
    at: options.now().toISOString(),
    code,
    message: `cannot collect ${probe.id} on ${options.host}: ${message}`,
  });
  const timedOut = (): Observation<never> =>
    failed('timeout', `no answer within its time (${options.probeTimeoutMs} ms, ${options.totalTimeoutMs} ms in all)`);
  const isOver = (): boolean => signal.aborted;
  if (isOver()) return timedOut();
  try {
    const value = await untilAborted(probe.collect({ node, signal }), signal);
    // What is judged on this host must equal what the auditor reads from the file.
    const stored: unknown = JSON.parse(canonicalJson(value));
    return { status: 'ok', at: options.now().toISOString(), value: stored };
  } catch (cause) {
    options.signal.throwIfAborted();
    if (isOver()) return timedOut();
    const code = cause instanceof ConnectError ? unavailableCodeOf[cause.code] : 'probe_failed';
    return failed(code, cause instanceof Error ? cause.message : String(cause));
  }
}

/** A file system that hangs does not notice a signal; what it answers later is nobody's. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new ConnectError('timeout', 'no answer within its time'));
    };
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
