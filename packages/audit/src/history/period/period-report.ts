import type { RuleDescription } from '../../check.ts';
import type { RulePack } from '../../evidence/record.ts';
import type { Text } from '../../text.ts';
import type { ReportHeader } from '../../report-header.ts';
import type { DayState } from './day-state.ts';
import type { Period } from './days.ts';
import type { Episode, EpisodeState } from './episodes.ts';
import type { PopulationObject } from './population.ts';
import type { Sample } from './sample.ts';
import type { Schedule } from './schedule.ts';
import type { PeriodWaiver } from './waivers-in-period.ts';

/** What a period says of one cluster: the model that every output is rendered from. */
export interface PeriodReport {
  readonly schemaVersion: 1;
  readonly kind: 'period';
  readonly cluster: string;
  readonly period: Period;
  /** Every day of the period, of UTC; all lists of states have one entry for each. */
  readonly days: readonly string[];
  /** The program that wrote the report; which rules judged a run stands with the run. */
  readonly tool: { readonly name: string; readonly version: string };
  readonly header: ReportHeader;
  readonly schedule: Schedule;
  readonly runs: readonly PeriodRunReport[];
  readonly population: Population;
  /** Worst first: by the worst day, then by id. */
  readonly controls: readonly ControlReport[];
  readonly frameworks: readonly PeriodFramework[];
  readonly findings: readonly EpisodeReport[];
  readonly totals: PeriodTotals;
  readonly waivers: readonly PeriodWaiver[];
  readonly samples: Samples;
  readonly evidence: PeriodEvidence;
}

export interface PeriodRunReport {
  readonly runId: string;
  readonly sequence: number;
  readonly finishedAt: string;
  /** Hash of its record, digest of its manifest, root of the Merkle tree over its files. */
  readonly record: string;
  readonly manifest: string;
  readonly merkleRoot: string;
  readonly files: number;
  readonly keyId?: string;
  readonly rules: RulePack;
  readonly fail: number;
  readonly undecided: number;
  /** Why its evidence does not verify; absent when it does. */
  readonly problem?: string;
}

export interface Population {
  /** The run before the period that objects are compared with; absent when there is none that can be read. */
  readonly comparedWith?: string;
  readonly objects: readonly PopulationObject[];
}

/** A control: one check over all of its objects, or what a person attests. */
export interface ControlReport extends Pick<RuleDescription, 'id' | 'title' | 'severity' | 'catalogue'> {
  /** Absent from this version of the program: only its id is known. */
  readonly isKnown: boolean;
  readonly clauses: readonly { readonly framework: string; readonly clause: string }[];
  readonly days: readonly DayState[];
  readonly counts: Readonly<Record<DayState, number>>;
}

export interface PeriodClause {
  readonly id: string;
  readonly section: Text;
  readonly title: Text;
  readonly controls: readonly string[];
  /** What a person must add, beside what attestations answer. */
  readonly manual: readonly Text[];
  readonly days: readonly DayState[];
  readonly counts: Readonly<Record<DayState, number>>;
}

export interface PeriodFramework {
  readonly id: string;
  readonly title: Text;
  readonly edition: string;
  readonly clauses: readonly PeriodClause[];
}

export interface EpisodeReport extends Episode {
  readonly state: EpisodeState;
  /** Until it was closed, or until the last run of the period that could have closed it. */
  readonly durationMs: number;
  readonly openedInPeriod: boolean;
  readonly closedInPeriod: boolean;
  /** Closed by a run whose evidence does not verify: nothing shows that it is gone, and it counts as open. */
  readonly isClosureUnproven: boolean;
}

export interface PeriodTotals {
  readonly opened: number;
  readonly reopened: number;
  readonly closed: number;
  readonly openAtBegin: number;
  readonly openAtEnd: number;
  /** Mean time from open to closed of those closed in the period; absent when none was. */
  readonly meanTimeToCloseMs?: number;
  readonly unverifiedRuns: number;
  readonly controlsWithFailedDay: number;
  readonly controlsWithUnknownDay: number;
}

export interface Samples {
  readonly seed: string;
  readonly size: number;
  readonly runs: Sample;
  readonly objects: Sample;
  /** Of the times a finding was opened in the period: `<finding> <opened at>`. */
  readonly findings: Sample;
}

export interface PeriodEvidence {
  readonly store: string;
  readonly head: {
    readonly sequence: number;
    readonly sha256: string;
    readonly filedAt: string;
    readonly keyId?: string;
  };
  readonly records: number;
  readonly checked: { readonly evidence: boolean; readonly signatures: boolean };
  readonly keyIds: readonly string[];
  /** Rules that judged runs of the period, with the first run of each, in order. */
  readonly rules: readonly (RulePack & { readonly firstRun: string; readonly firstAt: string })[];
  readonly reevaluations: readonly {
    readonly sequence: number;
    readonly record: string;
    readonly filedAt: string;
    readonly runId: string;
    readonly changes: number;
  }[];
  readonly notes: readonly string[];
}
