import type { SubjectKind } from './inventory/subjects.ts';
import type { ProbeContexts } from './probe-contexts.ts';

/** What one probe saw on one subject, or why it could not look. Never a silent blank. */
export type Observation<T> =
  | { readonly status: 'ok'; readonly at: string; readonly value: T }
  | { readonly status: 'unavailable'; readonly at: string; readonly code: UnavailableCode; readonly message: string };

/** Why a probe could not look. */
export const unavailableCodes = [
  'unreachable',
  'auth_failed',
  'permission_denied',
  'unsupported',
  'timeout',
  'invalid_data',
  'probe_failed',
  /** The component is neither declared nor discovered, so nobody was asked. */
  'not_configured',
  /** What a node collector brought is older than the configuration allows. */
  'stale',
] as const;
export type UnavailableCode = (typeof unavailableCodes)[number];

/** What a probe of one kind of subject gets, with the signal that ends at its deadline or with the run. */
export type ProbeContext<Kind extends SubjectKind = 'instance'> = ProbeContexts[Kind] & {
  readonly signal: AbortSignal;
};

/** The only audit code with I/O. It throws on failure; the runner turns that into `unavailable` with a code. */
export interface Probe<Id extends string, T, Kind extends SubjectKind = SubjectKind> {
  readonly id: Id;
  readonly subject: Kind;
  /** What the probe reads, for the method chapter of the report. */
  readonly title: string;
  /**
   * Set on a live probe, one that tries something a scanner would (a handshake with an old version, a request without
   * credentials): what it does, for the run log. The engine announces it and keeps a pause between two of them.
   */
  readonly live?: string;
  /** Least privilege that makes this probe work; printed by `audit doctor`. */
  readonly privilege: string;
  /** Statements that give the monitor role that privilege; `{role}` is replaced. Empty when any login role has it. */
  readonly grants: readonly string[];
  readonly collect: (context: ProbeContext<Kind>) => Promise<T>;
}

/** The widest probe: its kind and its value are only ever read through FactMap and the collector of that kind. */
// oxlint-disable-next-line typescript/no-explicit-any -- see above
export type AnyProbe = Omit<Probe<string, any>, 'collect'> & { readonly collect: (context: never) => Promise<unknown> };

export const defineProbe = <const Id extends string, T, const Kind extends SubjectKind>(
  probe: Probe<Id, T, Kind>,
): Probe<Id, T, Kind> => Object.freeze(probe);
