import type { RuleDescription } from '../check.ts';
import type { AnyProbe } from '../facts.ts';
import type { PreviousRun } from '../evaluation.ts';
import type { Finding } from '../finding.ts';
import type { ClauseResult, Framework } from '../framework.ts';
import type { Manifest } from '../manifest.ts';
import type { ReportHeader } from '../report-header.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Waiver } from '../waivers.ts';

/** Everything a report is made of. Equal inputs give equal bytes: there is no clock and no environment here. */
export interface ReportInput {
  readonly snapshot: Snapshot;
  readonly manifest: Manifest;
  /** After waivers, in any order: the report sorts them. */
  readonly findings: readonly Finding[];
  readonly clauseResults: readonly ClauseResult[];
  /** Checks and the engine's own rules: every rule a finding may name. `params` are the defaults, where there are any. */
  readonly checks: readonly (RuleDescription & { readonly params?: object })[];
  readonly frameworks: readonly Framework[];
  readonly probes: readonly Pick<AnyProbe, 'id' | 'title' | 'privilege'>[];
  readonly waivers: readonly Waiver[];
  readonly header: ReportHeader;
  /** The run to compare with, when an older one is at hand. */
  readonly previous?: PreviousRun;
}
