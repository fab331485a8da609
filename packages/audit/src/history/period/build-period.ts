import type { RuleDescription } from '../../check.ts';
import type { Framework } from '../../framework.ts';
import type { ReportHeader } from '../../report-header.ts';
import { isForCluster } from '../../waivers.ts';
import { clauseDays, controlDays, type JudgedRun } from './control-days.ts';
import { countStates, dayStates, worstState, type DayState } from './day-state.ts';
import { dayOf, daysOf } from './days.ts';
import { stateOfEpisode } from './episodes.ts';
import type { ControlReport, EpisodeReport, PeriodFramework, PeriodReport, PeriodTotals } from './period-report.ts';
import { populationOf, type RunObjects } from './population.ts';
import type { PeriodHistory, PeriodRun } from './read-period.ts';
import { periodEvidence, reportRun } from './period-evidence.ts';
import { drawSample } from './sample.ts';
import { scheduleOf } from './schedule.ts';
import { waiversOf } from './waivers-in-period.ts';

export interface BuildPeriodOptions {
  /** Rules that a result may name, with their default parameters. */
  readonly rules: readonly (RuleDescription & { readonly params?: object })[];
  /** Frameworks to show, in order. */
  readonly frameworks: readonly Framework[];
  readonly everyMs: number;
  readonly sampleSize: number;
  /** By default one that the cluster, the period and the head of the chain give. */
  readonly seed: string;
  readonly tool: { readonly name: string; readonly version: string };
}

/** Builds the report of a period. Pure: the same history gives the same report. */
export function buildPeriodReport(history: PeriodHistory, options: BuildPeriodOptions): PeriodReport {
  const { cluster, period, runs } = history;
  const days = daysOf(period);
  const judged = runs.map((run) => judgedRun(run, options.rules));
  const findings = reportEpisodes(history);
  const controls = reportControls(days, judged, options);
  const { before } = history;
  const objects = populationOf(days, before === undefined ? undefined : objectsOf(before), runs.map(objectsOf));
  const { seed, sampleSize: size } = options;
  return {
    schemaVersion: 1,
    kind: 'period',
    cluster,
    period,
    days,
    tool: options.tool,
    header: headerOf(runs),
    schedule: scheduleOf(
      period,
      runs.map(({ record }) => record.run.finishedAt),
      options.everyMs,
    ),
    runs: runs.map(reportRun),
    population: {
      ...(before?.read.ok === true ? { comparedWith: before.record.run.id } : {}),
      objects,
    },
    controls,
    frameworks: options.frameworks.map((framework) => reportFramework(framework, days, judged)),
    findings,
    totals: totalsOf(history, findings, controls),
    waivers: waiversOf(
      period,
      runs.map(({ record, outcomes, read }) => ({
        runId: record.run.id,
        at: record.run.finishedAt,
        waivers: read.ok ? read.evidence.evaluation.waivers.filter((waiver) => isForCluster(waiver, cluster)) : [],
        outcomes,
      })),
    ),
    samples: {
      seed,
      size,
      runs: drawSample(
        runs.map(({ record }) => record.run.id),
        size,
        seed,
      ),
      objects: drawSample(
        objects.map(({ id }) => id),
        size,
        seed,
      ),
      findings: drawSample(
        findings.filter(({ openedInPeriod }) => openedInPeriod).map(({ id, openedAt }) => `${id} ${openedAt}`),
        size,
        seed,
      ),
    },
    evidence: periodEvidence(history),
  };
}

const judgedRun = ({ record, outcomes, read }: PeriodRun, rules: BuildPeriodOptions['rules']): JudgedRun => ({
  at: record.run.finishedAt,
  isVerified: read.ok,
  outcomes,
  params: paramsOf(rules, read.ok ? read.evidence.evaluation.params : {}),
});

/** Parameters of every check: what the configuration of the run said over the defaults. */
const paramsOf = (
  rules: BuildPeriodOptions['rules'],
  own: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): JudgedRun['params'] => Object.fromEntries(rules.map(({ id, params }) => [id, { ...params, ...own[id] }]));

const objectsOf = ({ record, read }: PeriodRun): RunObjects => ({
  runId: record.run.id,
  at: record.run.finishedAt,
  objects: read.ok ? read.evidence.objects : undefined,
});

/** Who the report is about, as the last run says that can be read. */
const headerOf = (runs: readonly PeriodRun[]): ReportHeader =>
  runs.reduce<ReportHeader>((header, { read }) => (read.ok ? read.evidence.evaluation.header : header), {});

function reportControls(
  days: readonly string[],
  judged: readonly JudgedRun[],
  { rules, frameworks }: BuildPeriodOptions,
): readonly ControlReport[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const controls = [...controlDays(days, judged)].map(([id, states]): ControlReport => {
    const rule = known.get(id);
    return {
      id,
      title: rule?.title ?? { en: id, zh: id },
      severity: rule?.severity ?? 'info',
      catalogue: rule?.catalogue ?? [],
      isKnown: rule !== undefined,
      clauses: frameworks.flatMap((framework) =>
        framework.clauses
          .filter((clause) => controlsOf(clause).includes(id))
          .map((clause) => ({ framework: framework.id, clause: clause.id })),
      ),
      days: states,
      counts: countStates(states),
    };
  });
  return controls.toSorted((a, b) => rank(a.days) - rank(b.days) || (a.id < b.id ? -1 : 1));
}

const rank = (states: readonly DayState[]): number =>
  dayStates.indexOf(worstState(states.filter((state) => state !== 'no_run')));

const controlsOf = ({ checks, manual }: Framework['clauses'][number]): readonly string[] => [
  ...checks,
  ...new Set(manual.flatMap(({ by }) => by ?? [])),
];

function reportFramework(framework: Framework, days: readonly string[], judged: readonly JudgedRun[]): PeriodFramework {
  const states = clauseDays(days, judged, framework);
  return {
    id: framework.id,
    title: framework.title,
    edition: framework.edition,
    clauses: framework.clauses.map((clause, index) => ({
      id: clause.id,
      section: clause.section,
      title: clause.title,
      controls: controlsOf(clause),
      manual: clause.manual.filter(({ by }) => by === undefined).map(({ en, zh }) => ({ en, zh })),
      days: states[index] ?? [],
      counts: countStates(states[index] ?? []),
    })),
  };
}

/** Every time a finding was open during the period. */
function reportEpisodes({ episodes, period, runs }: PeriodHistory): readonly EpisodeReport[] {
  const unverified = new Set(runs.filter(({ read }) => !read.ok).map(({ record }) => record.run.id));
  const last =
    runs
      .map(({ record }) => record.run.finishedAt)
      .toSorted()
      .at(-1) ?? '';
  return episodes
    .filter(
      ({ openedAt, closedAt }) =>
        dayOf(openedAt) <= period.to && (closedAt === undefined || dayOf(closedAt) >= period.from),
    )
    .map((episode): EpisodeReport => {
      const { openedAt, closedAt, closedBy } = episode;
      const isClosureUnproven = closedBy !== undefined && unverified.has(closedBy);
      return {
        ...episode,
        state: isClosureUnproven ? 'undecided' : stateOfEpisode(episode),
        durationMs: Date.parse(closedAt ?? last) - Date.parse(openedAt),
        openedInPeriod: dayOf(openedAt) >= period.from,
        closedInPeriod: closedAt !== undefined && !isClosureUnproven,
        isClosureUnproven,
      };
    });
}

function totalsOf(
  { runs }: PeriodHistory,
  findings: readonly EpisodeReport[],
  controls: readonly ControlReport[],
): PeriodTotals {
  const opened = findings.filter(({ openedInPeriod }) => openedInPeriod);
  const closed = findings.filter(({ closedInPeriod }) => closedInPeriod);
  const spent = closed.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return {
    opened: opened.filter(({ isReopened }) => !isReopened).length,
    reopened: opened.filter(({ isReopened }) => isReopened).length,
    closed: closed.length,
    openAtBegin: findings.length - opened.length,
    openAtEnd: findings.length - closed.length,
    ...(closed.length === 0 ? {} : { meanTimeToCloseMs: Math.round(spent / closed.length) }),
    unverifiedRuns: runs.filter(({ read }) => !read.ok).length,
    controlsWithFailedDay: controls.filter(({ counts }) => counts.fail > 0).length,
    controlsWithUnknownDay: controls.filter(({ counts }) => counts.unknown > 0).length,
  };
}
