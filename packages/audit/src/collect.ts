import {
  ConnectError,
  openPgSession,
  type ConnectErrorCode,
  type PgSession,
  type SessionOptions,
} from '@pgattest/connect';
import pLimit from 'p-limit';
import { deepFreeze } from './deep-freeze.ts';
import { canonicalJson } from './evidence/canonical-json.ts';
import type { Instance, Inventory } from './inventory/discover.ts';
import type { AnyProbe, Observation, Probe, UnavailableCode } from './probe.ts';
import type { ObservationRecord, Snapshot } from './snapshot.ts';

/** Bounds of one collection. */
export interface CollectOptions {
  readonly probes: readonly AnyProbe[];
  /** Instances looked at together; each has one session and runs its probes one after the other. */
  readonly concurrency: number;
  readonly connectTimeoutMs: number;
  readonly probeTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly runId: string;
  readonly tool: Snapshot['tool'];
  readonly now: () => Date;
  /** Ends the whole run: collect then rejects and keeps nothing. */
  readonly signal: AbortSignal;
  /** Told as each probe of an instance ends, for a progress display. */
  readonly onObservation?: (record: ObservationRecord) => void;
}

/**
 * Asks every instance with every probe, and freezes what was seen. A probe that fails costs that observation only; an
 * instance that cannot be reached has all its observations unavailable, with the reason. Rejects only when aborted.
 */
export async function collect(inventory: Inventory, options: CollectOptions): Promise<Snapshot> {
  const startedAt = options.now().toISOString();
  const limit = pLimit(options.concurrency);
  const records = await Promise.all(
    inventory.instances.map((instance) => limit(() => collectInstance(instance, options))),
  );
  options.signal.throwIfAborted();
  return deepFreeze({
    formatVersion: 1,
    runId: options.runId,
    cluster: inventory.cluster,
    startedAt,
    finishedAt: options.now().toISOString(),
    tool: options.tool,
    subjects: inventory.subjects,
    observations: records.flat().toSorted((a, b) => (fileOrder(a) < fileOrder(b) ? -1 : 1)),
  });
}

/** The order in which evidence reads back, so that a live run and its evidence render alike. */
const fileOrder = ({ probe, subject }: ObservationRecord): string => `${probe}/${subject}.json`;

async function collectInstance(instance: Instance, options: CollectOptions): Promise<readonly ObservationRecord[]> {
  const records: ObservationRecord[] = [];
  let session: PgSession | undefined;
  let lost: ConnectError | undefined;
  try {
    for (const probe of options.probes) {
      options.signal.throwIfAborted();
      if (session?.usable === false) {
        await closeQuietly(session);
        session = undefined;
      }
      if (session === undefined && lost === undefined) {
        try {
          session = await openAuditSession(instance, options);
        } catch (cause) {
          options.signal.throwIfAborted();
          // One refusal answers for all remaining probes: a hung server must not cost a timeout each.
          lost = cause instanceof ConnectError ? cause : new ConnectError('unreachable', describe(cause), { cause });
        }
      }
      const observation =
        session === undefined
          ? unavailable(lost, probe, instance, options)
          : await observe(probe, instance, session, options);
      const record = { probe: probe.id, subject: instance.subject.id, observation };
      records.push(record);
      options.onObservation?.(record);
    }
  } finally {
    if (session !== undefined) await closeQuietly(session);
  }
  return records;
}

/** A session as the auditor uses it: read-only, guarded on the server's side too. Errors: ConnectError. */
export function openAuditSession(
  instance: Instance,
  bounds: Pick<CollectOptions, 'connectTimeoutMs' | 'probeTimeoutMs' | 'lockTimeoutMs' | 'signal'>,
): Promise<PgSession> {
  const options: SessionOptions = {
    connectTimeoutMs: bounds.connectTimeoutMs,
    statementTimeoutMs: bounds.probeTimeoutMs,
    lockTimeoutMs: bounds.lockTimeoutMs,
    applicationName: 'pgattest audit',
  };
  return openPgSession(instance.target, options, bounds.signal);
}

/** One probe on one open session, within its deadline. Rejects only when the run itself is aborted. */
export async function observe(
  probe: AnyProbe,
  instance: Instance,
  session: PgSession,
  options: Pick<CollectOptions, 'probeTimeoutMs' | 'signal' | 'now'>,
): Promise<Observation<unknown>> {
  const deadline = AbortSignal.timeout(options.probeTimeoutMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only probes of instances are run here
    const value = await (probe as Probe<string, unknown, 'instance'>).collect({
      pg: session,
      target: instance.target,
      signal,
    });
    const at = options.now().toISOString();
    // What is judged now must equal what is read back later, so the value passes through its file form.
    const stored: unknown = JSON.parse(canonicalJson(value));
    return { status: 'ok', at, value: stored };
  } catch (cause) {
    options.signal.throwIfAborted();
    return unavailable(cause, probe, instance, { ...options, timedOut: deadline.aborted });
  }
}

function unavailable(
  cause: unknown,
  probe: AnyProbe,
  instance: Instance,
  options: Pick<CollectOptions, 'probeTimeoutMs' | 'now'> & { readonly timedOut?: boolean },
): Observation<never> {
  const at = options.now().toISOString();
  const where = `${probe.id} on ${instance.subject.id}`;
  if (options.timedOut === true) {
    const message = `cannot collect ${where}: no answer within ${options.probeTimeoutMs} ms`;
    return { status: 'unavailable', at, code: 'timeout', message };
  }
  const code = cause instanceof ConnectError ? codeOf[cause.code] : 'probe_failed';
  return {
    status: 'unavailable',
    at,
    code,
    message: `cannot collect ${where}: ${describe(cause)}${remedy(code, probe)}`,
  };
}

/** `tls_failed`, `starting` and the like are kept in the message: to a check all of them mean it could not look. */
const codeOf: Readonly<Record<ConnectErrorCode, UnavailableCode>> = {
  unreachable: 'unreachable',
  auth_failed: 'auth_failed',
  permission_denied: 'permission_denied',
  timeout: 'timeout',
  tls_failed: 'unreachable',
  starting: 'unreachable',
  too_many_connections: 'unreachable',
  unsupported: 'unsupported',
  query_failed: 'probe_failed',
  invalid_data: 'invalid_data',
  aborted: 'timeout',
  config_invalid: 'probe_failed',
};

const remedy = (code: UnavailableCode, probe: AnyProbe): string =>
  code === 'permission_denied' ? `; it needs ${probe.privilege}, "pgattest audit doctor" prints the statements` : '';

const describe = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Closing is a courtesy to the server; a socket that is already gone has nothing left to close. */
async function closeQuietly(session: PgSession): Promise<void> {
  await session.close().catch(() => undefined);
}
