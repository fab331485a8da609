import type { Evidence, Severity, ShellEvidence } from './check.ts';
import type { UnavailableCode } from './probe.ts';
import type { Text } from './text.ts';

/** The closed set of result states (reference catalogue 1.1). */
export type Outcome =
  'pass' | 'warn' | 'fail' | 'not_applicable' | 'error' | 'insufficient_data' | 'manual' | 'stale' | 'excepted';

/** Why a check could not be decided: an unavailable fact, or a check that threw. */
export interface Undecided {
  readonly probe: string | undefined;
  readonly subject: string;
  /** `facts_incomplete`: the check itself answered `undecided`; the finding's reason says what is missing. */
  readonly code: UnavailableCode | 'check_failed' | 'facts_incomplete';
  readonly message: string;
}

/** What a finding about an attestation or an exception rests on: a signed document, or the entry that was filed with the run. */
export type RegisterEvidence = Omit<ShellEvidence, 'fact'> & { readonly fact: 'attestation' | 'exception' };

/** Evidence of a finding with the command that prints it. */
export type FindingEvidence = (Evidence | RegisterEvidence) & {
  /** Instance the command runs on. */
  readonly subject: string;
  /** Complete shell command; prints `actual`. Holds no secret. */
  readonly command: string;
  /** Path inside the evidence folder of the fact it comes from, and that file's sha256. */
  readonly file: string;
  readonly sha256: string;
};

/** Verdict of one check on one subject. */
export interface Finding {
  /** `<check>/<subject>`: stable over runs, what `audit explain` takes. */
  readonly id: string;
  readonly check: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly outcome: Outcome;
  readonly reason: Text;
  readonly evidence: readonly FindingEvidence[];
  /** Present exactly when the outcome is `error`. */
  readonly undecided?: Undecided;
  /** Present exactly when the outcome is `excepted`: the raw outcome stays visible. */
  readonly waived?: { readonly outcome: 'fail' | 'warn'; readonly waiver: string };
  /** Parameters that applied, and the latest observation time the verdict rests on. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly at: string;
}
