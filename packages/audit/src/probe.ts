import type { PgSession, PgTarget } from '@pgattest/connect';
import type { SubjectKind } from './inventory/subjects.ts';

/** What one probe saw on one subject, or why it could not look. Never a silent blank. */
export type Observation<T> =
  | { readonly status: 'ok'; readonly at: string; readonly value: T }
  | { readonly status: 'unavailable'; readonly at: string; readonly code: UnavailableCode; readonly message: string };

export type UnavailableCode =
  'unreachable' | 'auth_failed' | 'permission_denied' | 'unsupported' | 'timeout' | 'invalid_data' | 'probe_failed';

export interface ProbeContext {
  /** Open, read-only, one per instance; shared by the probes of that instance, which run one after the other. */
  readonly pg: PgSession;
  /** Where `pg` is connected to, for probes that look at the network side (certificate, handshake). Holds a Secret. */
  readonly target: PgTarget;
  /** Ends at the deadline of this probe, or when the run is interrupted. */
  readonly signal: AbortSignal;
}

/** The only audit code with I/O. It throws on failure; the runner turns that into `unavailable` with a code. */
export interface Probe<Id extends string, T> {
  readonly id: Id;
  readonly subject: Extract<SubjectKind, 'instance'>;
  /** What the probe reads, for the method chapter of the report. */
  readonly title: string;
  /** Least privilege that makes this probe work; printed by `audit doctor`. */
  readonly privilege: string;
  /** Statements that give the monitor role that privilege; `{role}` is replaced. Empty when any login role has it. */
  readonly grants: readonly string[];
  readonly collect: (context: ProbeContext) => Promise<T>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- the widest probe: T is only ever read through FactMap
export type AnyProbe = Probe<string, any>;

export const defineProbe = <const Id extends string, T>(probe: Probe<Id, T>): Probe<Id, T> => Object.freeze(probe);
