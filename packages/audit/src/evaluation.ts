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
  readonly languages: readonly Language[];
  readonly header: ReportHeader;
  /** How many standbys stream from the cluster when it is whole; absent = as many as are declared besides the primary. */
  readonly expectedStandbys?: number;
}
