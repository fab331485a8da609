import type { ObservedAttestation } from './attest/attestation-record.ts';
import type { Outcome } from './finding.ts';
import type { Framework } from './framework.ts';
import type { ReportHeader } from './report-header.ts';
import type { Language } from './text.ts';
import type { Waiver } from './waivers.ts';

/**
 * The part of the configuration that shapes verdicts and reports. Saved as `evaluation.json` beside the evidence, so
 * that `audit evaluate <folder>` needs nothing else to give the same bytes.
 */
export interface EvaluationConfig {
  readonly formatVersion: 1;
  /** Check id -> overridden parameters; parameters left out keep the check's default. */
  readonly params: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly waivers: readonly Waiver[];
  /** Framework ids in report order. */
  readonly frameworks: readonly string[];
  /** Frameworks that the organisation wrote, whole: their files may be gone when the evidence is read again. */
  readonly ownFrameworks?: readonly Framework[];
  readonly languages: readonly Language[];
  readonly header: ReportHeader;
  /** What persons confirmed, as the auditor found it at the time of the run. */
  readonly attestations?: {
    /** Whether one counts only with the signature of a known key. */
    readonly mustBeSigned: boolean;
    readonly observed: readonly ObservedAttestation[];
  };
  /** Outcomes of the run before this one, for the change log; filed, so that it stays what it was. */
  readonly previous?: PreviousRun;
}

export interface PreviousRun {
  readonly runId: string;
  readonly findings: readonly PreviousFinding[];
}

/** What was known of one finding before this run. Times are ends of runs, ISO 8601 UTC. */
export interface PreviousFinding {
  readonly id: string;
  readonly outcome: Outcome;
  /** First run that showed a failure or a warning. */
  readonly firstSeen?: string;
  /** When its outcome last changed. */
  readonly changedAt?: string;
  /** Begin of the failure or warning that was still open. */
  readonly openSince?: string;
}
