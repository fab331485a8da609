import type { AnyCheck } from '../check.ts';
import type { Finding, Outcome } from '../finding.ts';
import type { ClauseResult, Framework } from '../framework.ts';
import type { AnyProbe } from '../facts.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Text } from '../text.ts';

/** What the organisation says about itself and the system; every field is printed as given or as "not stated". */
export interface ReportHeader {
  readonly title?: Text;
  readonly organisation?: string;
  readonly system?: string;
  /** MLPS grade (等级) and filing number (备案号). */
  readonly grade?: string;
  readonly filingNumber?: string;
  /** Handling label of the document: `internal`. */
  readonly classification?: string;
  readonly owner?: string;
  readonly operator?: string;
}

/** A waiver as configured; `applied` and `expired` are what the waiver step decided. */
export interface ReportWaiver {
  readonly id: string;
  readonly check: string;
  readonly subject: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day it holds, ISO 8601. */
  readonly until: string;
  readonly state: 'active' | 'expired' | 'unused';
}

export interface ManifestFile {
  /** Path inside the evidence folder of the run. */
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Everything a report is made of. Equal inputs give equal bytes: there is no clock and no environment here. */
export interface ReportInput {
  readonly snapshot: Snapshot;
  /** `rootSha256`: sha256 of manifest.json, which lists every evidence file. */
  readonly manifest: { readonly rootSha256: string; readonly files: readonly ManifestFile[] };
  readonly findings: readonly Finding[];
  readonly clauseResults: readonly ClauseResult[];
  readonly checks: readonly AnyCheck[];
  readonly frameworks: readonly Framework[];
  readonly probes: readonly Pick<AnyProbe, 'id' | 'title' | 'privilege'>[];
  readonly waivers: readonly ReportWaiver[];
  readonly header: ReportHeader;
  readonly previous?: {
    readonly runId: string;
    readonly findings: readonly { readonly id: string; readonly outcome: Outcome }[];
  };
}
