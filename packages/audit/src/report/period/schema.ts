import { dayStates } from '../../history/period/day-state.ts';
import type { Period } from '../../history/period/days.ts';
import type { EpisodeState } from '../../history/period/episodes.ts';
import type {
  ControlReport,
  EpisodeReport,
  PeriodClause,
  PeriodEvidence,
  PeriodFramework,
  PeriodReport,
  PeriodRunReport,
  PeriodTotals,
  Population,
  Samples,
} from '../../history/period/period-report.ts';
import type { PopulationObject, Presence } from '../../history/period/population.ts';
import type { Sample } from '../../history/period/sample.ts';
import type { Schedule } from '../../history/period/schedule.ts';
import type { PeriodWaiver } from '../../history/period/waivers-in-period.ts';
import { subjectKinds } from '../../inventory/subjects.ts';
import type { RulePack } from '../../evidence/record.ts';
import { outcomesWorstFirst } from '../outcomes.ts';
import {
  count,
  counts,
  header,
  instant,
  list,
  object,
  severity,
  sha256,
  string,
  strings,
  text,
} from '../schema-parts.ts';

const boolean = { type: 'boolean' } as const;
const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } as const;
const milliseconds = { type: 'number', minimum: 0 } as const;
const dayState = { enum: dayStates } as const;
const presence = {
  enum: ['in_scope', 'silent', 'absent', 'unknown', 'no_run'] satisfies readonly Presence[],
} as const;
const episodeState = {
  enum: ['closed', 'open', 'excepted', 'undecided', 'gone'] satisfies readonly EpisodeState[],
} as const;

const rules = object<RulePack>({ version: string, sha256 }, {});

const schedule = object<Schedule>(
  {
    everyMs: milliseconds,
    days: count,
    daysWithRun: count,
    runs: count,
    runsPerDay: list(count),
    longestGapMs: milliseconds,
    gaps: list(object<Schedule['gaps'][number]>({ from: instant, to: instant, durationMs: milliseconds }, {})),
  },
  {},
);

const run = object<PeriodRunReport>(
  {
    runId: string,
    sequence: count,
    finishedAt: instant,
    record: sha256,
    manifest: sha256,
    merkleRoot: sha256,
    files: count,
    keyId: sha256,
    rules,
    fail: count,
    undecided: count,
    problem: string,
  },
  { keyId: true, problem: true },
);

const population = object<Population>(
  {
    comparedWith: string,
    objects: list(
      object<PopulationObject>(
        {
          id: string,
          kind: { enum: subjectKinds },
          days: list(presence),
          runs: count,
          answered: count,
          moves: list(
            object<PopulationObject['moves'][number]>(
              { kind: { enum: ['joined', 'left'] }, at: instant, runId: string },
              {},
            ),
          ),
        },
        {},
      ),
    ),
  },
  { comparedWith: true },
);

const control = object<ControlReport>(
  {
    id: string,
    title: text,
    severity,
    catalogue: strings,
    isKnown: boolean,
    clauses: list(object<ControlReport['clauses'][number]>({ framework: string, clause: string }, {})),
    days: list(dayState),
    counts: counts(dayStates),
  },
  {},
);

const framework = object<PeriodFramework>(
  {
    id: string,
    title: text,
    edition: string,
    clauses: list(
      object<PeriodClause>(
        {
          id: string,
          section: text,
          title: text,
          controls: strings,
          manual: list(text),
          days: list(dayState),
          counts: counts(dayStates),
        },
        {},
      ),
    ),
  },
  {},
);

const finding = object<EpisodeReport>(
  {
    id: string,
    isReopened: boolean,
    openedAt: instant,
    openedBy: string,
    closedAt: instant,
    closedBy: string,
    outcome: { enum: [...outcomesWorstFirst, 'gone'] },
    hasFailed: boolean,
    state: episodeState,
    durationMs: milliseconds,
    openedInPeriod: boolean,
    closedInPeriod: boolean,
    isClosureUnproven: boolean,
  },
  { closedAt: true, closedBy: true },
);

const totals = object<PeriodTotals>(
  {
    opened: count,
    reopened: count,
    closed: count,
    openAtBegin: count,
    openAtEnd: count,
    meanTimeToCloseMs: milliseconds,
    unverifiedRuns: count,
    controlsWithFailedDay: count,
    controlsWithUnknownDay: count,
  },
  { meanTimeToCloseMs: true },
);

const waiver = object<PeriodWaiver>(
  {
    id: string,
    check: string,
    subject: string,
    cluster: string,
    reason: string,
    owner: string,
    approval: string,
    until: string,
    firstRun: string,
    firstAt: instant,
    lastRun: string,
    lastAt: instant,
    state: { enum: ['in_force', 'expired', 'removed'] },
    findings: strings,
  },
  { cluster: true, approval: true },
);

const sample = object<Sample>({ population: count, ids: strings }, {});

const evidence = object<PeriodEvidence>(
  {
    store: string,
    head: object<PeriodEvidence['head']>({ sequence: count, sha256, filedAt: instant, keyId: sha256 }, { keyId: true }),
    records: count,
    checked: object<PeriodEvidence['checked']>({ evidence: boolean, signatures: boolean }, {}),
    keyIds: list(sha256),
    rules: list(
      object<PeriodEvidence['rules'][number]>({ version: string, sha256, firstRun: string, firstAt: instant }, {}),
    ),
    reevaluations: list(
      object<PeriodEvidence['reevaluations'][number]>(
        { sequence: count, record: sha256, filedAt: instant, runId: string, changes: count },
        {},
      ),
    ),
    notes: strings,
  },
  {},
);

/** JSON Schema (draft-07) of `period.json`, schemaVersion 1. */
export const periodSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'pgattest audit report over a period',
  ...object<PeriodReport>(
    {
      schemaVersion: { const: 1 },
      kind: { const: 'period' },
      cluster: string,
      period: object<Period>({ from: day, to: day }, {}),
      days: list(day),
      tool: object<PeriodReport['tool']>({ name: string, version: string }, {}),
      header,
      schedule,
      runs: list(run),
      population,
      controls: list(control),
      frameworks: list(framework),
      findings: list(finding),
      totals,
      waivers: list(waiver),
      samples: object<Samples>({ seed: string, size: count, runs: sample, objects: sample, findings: sample }, {}),
      evidence,
    },
    {},
  ),
};
