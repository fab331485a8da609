import type { Severity } from '../check.ts';
import type { Finding, Outcome } from '../finding.ts';
import type { Clause, ClauseOutcome } from '../framework.ts';
import type { SubjectKind } from '../inventory/subjects.ts';
import type { Reconciliation } from '../inventory/reconcile.ts';
import type { ManifestFile } from '../manifest.ts';
import type { UnavailableCode } from '../probe.ts';
import type { ReportHeader } from '../report-header.ts';
import type { Text } from '../text.ts';
import type { Waiver } from '../waivers.ts';

/** The one data model every output is rendered from, so that no two of them can disagree. */
export interface Report {
  readonly schemaVersion: 1;
  /** `<cluster>/<run id>`. */
  readonly id: string;
  readonly cluster: string;
  readonly runId: string;
  /** First and last moment of collection, ISO 8601 UTC. The report states what held then, not later. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly header: ReportHeader;
  readonly scope: Scope;
  readonly method: Method;
  readonly totals: Totals;
  readonly highRisk: readonly HighRiskReport[];
  /** Worst first: by outcome, then severity, then id. */
  readonly checks: readonly CheckReport[];
  readonly frameworks: readonly FrameworkReport[];
  readonly waivers: readonly WaiverReport[];
  readonly evidence: ReportEvidence;
  readonly changes?: Changes;
}

/** A share with its basis; printed as both, and as "no basis" when `whole` is 0. */
export interface Ratio {
  readonly part: number;
  readonly whole: number;
}

export interface Scope {
  readonly subjects: readonly SubjectReport[];
  /** Streams of WAL seen on senders, for the diagram. */
  readonly streams: readonly Stream[];
  /** Declared instances, and how they compare with what the cluster shows. */
  readonly declared: number;
  readonly reconciliation: Reconciliation;
}

export interface SubjectReport {
  readonly id: string;
  readonly kind: SubjectKind;
  readonly connect?: string;
  /** What the server said of itself; absent when it was not reached. */
  readonly role?: 'primary' | 'replica';
  readonly version?: string;
  readonly systemIdentifier?: string;
  readonly observations: { readonly ok: number; readonly unavailable: number };
}

export interface Stream {
  readonly from: string;
  /** application_name of the receiver; an instance of the scope when `declared`. */
  readonly to: string;
  readonly declared: boolean;
  /** Network address of the receiver, or `local`. */
  readonly address: string;
  /** As PostgreSQL prints them: `streaming`, `async`. */
  readonly state: string;
  readonly sync: string;
}

export interface Method {
  readonly probes: readonly {
    readonly id: string;
    readonly title: string;
    readonly privilege: string;
    readonly ok: number;
    readonly unavailable: number;
  }[];
  /** Every observation that could not be made: what the report does not know. */
  readonly limits: readonly {
    readonly probe: string;
    readonly subject: string;
    readonly code: UnavailableCode;
    readonly message: string;
    readonly at: string;
  }[];
  /** Parameters that differ from the check's own default. */
  readonly overrides: readonly {
    readonly check: string;
    readonly parameter: string;
    readonly value: string;
    readonly usual: string;
  }[];
}

export interface Totals {
  readonly results: number;
  readonly checks: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Failing results by severity. */
  readonly failing: Readonly<Record<Severity, number>>;
  readonly highRisk: number;
  readonly evidenceFiles: number;
}

export interface CheckReport {
  readonly id: string;
  readonly catalogue: readonly string[];
  readonly title: Text;
  readonly severity: Severity;
  readonly rationale: Text;
  readonly remediation: Text;
  readonly fix: readonly string[];
  readonly clauses: readonly { readonly framework: string; readonly clause: string }[];
  readonly worst: Outcome;
  readonly findings: readonly Finding[];
}

/** `no_check`: nothing built so far can show it. `undecided`: the evidence for it is missing. */
export type HighRiskState = 'triggered' | 'accepted' | 'undecided' | 'not_triggered' | 'no_check';

export interface HighRiskReport {
  readonly framework: string;
  readonly key: string;
  readonly clause: string;
  readonly title: Text;
  readonly state: HighRiskState;
  /** Findings that show it, or leave it open. */
  readonly findings: readonly string[];
  readonly mitigation: Text;
  /** Present state of the checks that support the mitigation; no outcome when they gave no result. */
  readonly mitigatedBy: readonly { readonly check: string; readonly outcome?: Outcome }[];
}

/**
 * Who settled a clause. `machine`: evidence alone. `machine_in_part`: evidence, and a person must add something.
 * `person`: no check exists, somebody must answer. `nobody`: the evidence for it is missing.
 */
export type DecidedBy = 'machine' | 'machine_in_part' | 'person' | 'nobody';

export interface ClauseReport extends Omit<Clause, 'requires'> {
  readonly outcome: ClauseOutcome;
  readonly reason: Text;
  readonly decidedBy: DecidedBy;
  readonly findings: readonly string[];
  /** Worst result per subject, in the order of the scope; no outcome where the clause has no result. */
  readonly cells: readonly { readonly subject: string; readonly outcome?: Outcome }[];
}

export interface SectionReport {
  readonly chapter?: Text;
  readonly section: Text;
  readonly outcomes: Readonly<Record<ClauseOutcome, number>>;
  readonly clauses: readonly ClauseReport[];
}

export interface FrameworkReport {
  readonly id: string;
  readonly title: Text;
  readonly edition: string;
  readonly headline: 'rates' | 'exceptions';
  readonly outcomes: Readonly<Record<ClauseOutcome, number>>;
  /**
   * Check results that feed it: passed of all that apply. Undecided results count as not passed, so that a member that
   * stops answering can only lower it.
   */
  readonly conformity: Ratio;
  /** Clauses with a judgement of all that apply. */
  readonly coverage: Ratio;
  /** Clauses settled by evidence alone of all with a judgement. */
  readonly confidence: Ratio;
  readonly sections: readonly SectionReport[];
}

export interface WaiverReport extends Waiver {
  readonly state: 'in_force' | 'expired' | 'unused';
  readonly findings: readonly string[];
}

export interface EvidenceFile extends ManifestFile {
  /** `E-001`, in the order of the manifest. */
  readonly id: string;
  /** How many results rest on it. */
  readonly usedBy: number;
}

export interface ReportEvidence {
  /** Digest of the manifest. */
  readonly digest: string;
  /** Root of the Merkle tree over the files; absent in evidence from before there was a chain. */
  readonly merkleRoot?: string;
  /** Where the run stands in the chain of its cluster; absent when no record of it is at hand. */
  readonly chain?: ChainPlace;
  readonly files: readonly EvidenceFile[];
}

export interface ChainPlace {
  readonly sequence: number;
  /** Hash of the record: the head of the chain when it was filed. */
  readonly sha256: string;
  /** Hash of the record before it; absent on the first one. */
  readonly previous?: string;
  readonly filedAt: string;
  /** SHA-256 of the public key that the record verifies with; absent when it is not signed. */
  readonly keyId?: string;
}

export interface Changes {
  readonly previousRunId: string;
  /** Fails or warns now and did not before. */
  readonly appeared: readonly string[];
  /** Failed or warned before, passes now. */
  readonly resolved: readonly string[];
  /** Had a verdict before and has none now. */
  readonly lost: readonly string[];
  readonly remaining: readonly string[];
  /** Among `appeared`: was seen and closed in earlier runs. Absent when there is none. */
  readonly reopened?: readonly string[];
  /** First run that showed a present failure or warning: finding id -> end of that run. Those of this run are not in it. */
  readonly firstSeen?: Readonly<Record<string, string>>;
}
