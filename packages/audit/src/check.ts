import type { FactId, FactMap } from './facts.ts';
import type { ComponentKind, SubjectKind } from './inventory/subjects.ts';
import type { Observation } from './probe.ts';
import type { Text } from './text.ts';

interface EvidenceBase {
  readonly fact: FactId;
  /** Path inside the fact, for a reader: `ssl`, `line 5`, `role app`. */
  readonly at: string;
  /** Cluster checks only: the subject it was seen on. Others leave it out, and their own subject or its neighbour of
   * the fact's kind is meant. */
  readonly subject?: string;
  /** Exactly what the statement or shell command prints on that instance, without the last newline. */
  readonly actual: string;
  readonly expected: Text;
}

/** Repeatable in psql: `psql -XAt -c "<sql>"` prints `actual`. */
export interface SqlEvidence extends EvidenceBase {
  /** Read-only statement. */
  readonly sql: string;
  /** Database it runs in, where that matters; left out, it is the one the subject's connection names. */
  readonly database?: string;
  readonly shell?: undefined;
}

/** Repeatable in a shell only (a TLS handshake is not SQL): `shell` prints `actual` once its places are filled. */
export interface ShellEvidence extends EvidenceBase {
  /**
   * Complete POSIX shell command in which the engine replaces `{host}` and `{port}` by the subject's address, as
   * its libpq keywords say it, and any other `{place}` by the subject's place of that name (`Subject.places`), quoted
   * for the shell. An IPv6 address needs no brackets added: the engine writes `[::1]`. Of a node, it runs on that node.
   * Reads only, holds no secret, and ends by itself.
   */
  readonly shell: string;
  readonly sql?: undefined;
}

/** One observed value that a verdict rests on, repeatable by a stranger. */
export type Evidence = SqlEvidence | ShellEvidence;

export type Verdict =
  | { readonly outcome: 'pass'; readonly reason: Text; readonly evidence: readonly Evidence[] }
  | { readonly outcome: 'warn'; readonly reason: Text; readonly evidence: readonly Evidence[] }
  | { readonly outcome: 'fail'; readonly reason: Text; readonly evidence: readonly Evidence[] }
  | { readonly outcome: 'not_applicable'; readonly reason: Text; readonly evidence: readonly Evidence[] }
  /** Rests on what only the organisation knows and has not declared: a person decides, or declares it. */
  | { readonly outcome: 'manual'; readonly reason: Text; readonly evidence: readonly Evidence[] }
  /** The history that it rests on is still too short. */
  | { readonly outcome: 'insufficient_data'; readonly reason: Text; readonly evidence: readonly Evidence[] }
  /** The facts do not settle it (a member did not answer, a value is the probe's own): the engine answers `error`. */
  | { readonly outcome: 'undecided'; readonly reason: Text; readonly evidence: readonly Evidence[] };

export const pass = (reason: Text, ...evidence: readonly Evidence[]): Verdict => ({
  outcome: 'pass',
  reason,
  evidence,
});
export const warn = (reason: Text, ...evidence: readonly Evidence[]): Verdict => ({
  outcome: 'warn',
  reason,
  evidence,
});
export const fail = (reason: Text, ...evidence: readonly Evidence[]): Verdict => ({
  outcome: 'fail',
  reason,
  evidence,
});
export const notApplicable = (reason: Text, ...evidence: readonly Evidence[]): Verdict => ({
  outcome: 'not_applicable',
  reason,
  evidence,
});
/** Undeclared, so open: the reason names the parameter that would settle it. Never good; the clause is not assessed. */
export const manual = (reason: Text, ...evidence: readonly Evidence[]): Verdict => ({
  outcome: 'manual',
  reason,
  evidence,
});
/** Open until there is history enough: the reason says how much there is. Never good; the clause is not assessed. */
export const insufficientData = (reason: Text, ...evidence: readonly Evidence[]): Verdict => ({
  outcome: 'insufficient_data',
  reason,
  evidence,
});
/** Not decidable from these facts: becomes outcome `error`, code `facts_incomplete`, with this reason and evidence. */
export const undecided = (reason: Text, ...evidence: readonly Evidence[]): Verdict => ({
  outcome: 'undecided',
  reason,
  evidence,
});

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** What a reader needs to know of a rule, whether it is a check or one of the engine's own. */
export interface RuleDescription {
  readonly id: string;
  readonly catalogue: readonly string[];
  readonly title: Text;
  readonly severity: Severity;
  readonly rationale: Text;
  readonly remediation: Text;
  readonly fix: readonly string[];
}

interface CheckBase<Id extends string, Needs extends FactId, Params extends object> {
  /** Component, then the state that should hold: `pg-tls-required`. Equals the file name. */
  readonly id: Id;
  /** Ids of the research catalogue that this check answers: `TLS-001`. */
  readonly catalogue: readonly string[];
  readonly title: Text;
  readonly severity: Severity;
  readonly rationale: Text;
  readonly remediation: Text;
  /** Statements or settings that fix it, for copy and paste; `{…}` marks what the reader fills in. */
  readonly fix: readonly string[];
  readonly needs: readonly Needs[];
  /** Defaults; organisation configuration may change them, a framework may demand stricter ones. */
  readonly params: Params;
}

export interface InstanceContext {
  readonly subject: string;
  readonly cluster: string;
  /** Latest observation time among the needed facts, ISO 8601 UTC: the only clock a check may read. */
  readonly at: string;
  /** Of what stands on a host: kinds of subjects that the cluster has on other hosts only. */
  readonly elsewhere?: readonly SubjectKind[];
}

/**
 * Judges each subject of a kind on its own facts, and on those of its neighbours: a fact of another kind is that of the
 * subject with the same member.
 */
export interface SubjectCheck<Id extends string, Needs extends FactId, Params extends object> extends CheckBase<
  Id,
  Needs,
  Params
> {
  readonly scope: ComponentKind;
  /** Pure and synchronous: same facts and params, same verdict. No clock, no I/O. */
  readonly evaluate: (facts: Pick<FactMap, Needs>, params: Params, context: InstanceContext) => Verdict;
}

/** What the cluster check sees, by subject of the fact's kind: the observation, so that an unreachable one stays visible. */
export type MemberFacts<Needs extends FactId> = {
  readonly [Fact in Needs]: ReadonlyMap<string, Observation<FactMap[Fact]>>;
};

/** Judges the members together: one primary, equal settings, enough standbys. */
export interface ClusterCheck<Id extends string, Needs extends FactId, Params extends object> extends CheckBase<
  Id,
  Needs,
  Params
> {
  readonly scope: 'cluster';
  /**
   * `partial`: also runs when a member's fact is unavailable (it must then answer `undecided` instead of pass unless
   * that member cannot change the verdict). `complete`: the engine answers `error` unless every member's facts are there.
   */
  readonly members: 'complete' | 'partial';
  /**
   * Of `needs`, facts that refine the verdict and may be missing: evidence of an older version has none, and the map is
   * then empty. They never make the check undecided or not applicable by themselves.
   */
  readonly optional?: readonly Needs[];
  readonly evaluate: (facts: MemberFacts<Needs>, params: Params, context: InstanceContext) => Verdict;
}

export type AnyCheck = (
  Omit<SubjectCheck<string, FactId, object>, 'evaluate'> | Omit<ClusterCheck<string, FactId, object>, 'evaluate'>
) & {
  readonly evaluate: (facts: never, params: never, context: InstanceContext) => Verdict;
};

/** A check of one subject at a time; of instances, unless it names another scope. */
export const defineCheck = <const Id extends string, const Needs extends FactId, Params extends object>(
  check: Omit<SubjectCheck<Id, Needs, Params>, 'scope'> & { readonly scope?: ComponentKind },
): SubjectCheck<Id, Needs, Params> => Object.freeze({ ...check, scope: check.scope ?? 'instance' });

export const defineClusterCheck = <const Id extends string, const Needs extends FactId, Params extends object>(
  check: Omit<ClusterCheck<Id, Needs, Params>, 'scope'>,
): ClusterCheck<Id, Needs, Params> => Object.freeze({ ...check, scope: 'cluster' });
