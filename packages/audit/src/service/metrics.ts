import {
  auditCheckOutcome,
  auditClauseOutcome,
  auditEvidenceAgeSeconds,
  auditFindings,
  auditLastRunTimestampSeconds,
  auditRunDurationSeconds,
  auditRunSuccess,
  auditSubjectReachable,
  auditUp,
  type MetricRef,
} from '@pgattest/catalog';
import type { Family, Sample } from '@pgattest/runtime';
import type { Finding } from '../finding.ts';
import { outcomesWorstFirst, severitiesWorstFirst } from '../report/outcomes.ts';
import { evidenceAgeMs, isFresh, type ClusterState } from './state.ts';

/**
 * The auditor's own metrics. Verdicts of a cluster whose last attempt failed, or whose evidence is older than two
 * intervals, are exposed as `stale` and clauses as `not_assessed`: old verdicts never look fresh. Labels are bounded by
 * checks × subjects. Pure: the time is an argument.
 */
export function auditFamilies(states: readonly ClusterState[], now: Date, intervalMs: number): readonly Family[] {
  return [
    family(auditUp, [{ labels: [], value: 1 }]),
    family(
      auditLastRunTimestampSeconds,
      states.flatMap(({ cluster, latest }) =>
        latest === undefined ? [] : [sample([cluster], Date.parse(latest.run.snapshot.finishedAt) / 1000)],
      ),
    ),
    family(
      auditRunDurationSeconds,
      states.flatMap(({ cluster, attempt }) =>
        attempt === undefined ? [] : [sample([cluster], attempt.durationMs / 1000)],
      ),
    ),
    family(
      auditRunSuccess,
      states.flatMap(({ cluster, attempt }) =>
        attempt === undefined ? [] : [sample([cluster], attempt.error === undefined ? 1 : 0)],
      ),
    ),
    family(
      auditEvidenceAgeSeconds,
      states.flatMap((state) => {
        const age = evidenceAgeMs(state, now);
        return age === undefined ? [] : [sample([state.cluster], age / 1000)];
      }),
    ),
    family(
      auditSubjectReachable,
      states.flatMap((state) => reachable(state)),
    ),
    family(
      auditFindings,
      states.flatMap((state) => findingCounts(state, isFresh(state, now, intervalMs))),
    ),
    family(
      auditCheckOutcome,
      states.flatMap((state) => {
        const fresh = isFresh(state, now, intervalMs);
        return (state.latest?.run.assessment.findings ?? []).map((finding) => {
          const { id, check, subject, severity } = finding;
          const outcome = fresh ? outcomeLabel(finding) : 'stale';
          return sample([state.cluster, subjectLabel(id, check, subject), check, severity, outcome], 1);
        });
      }),
    ),
    family(
      auditClauseOutcome,
      states.flatMap((state) => {
        const fresh = isFresh(state, now, intervalMs);
        return (state.latest?.run.assessment.clauseResults ?? []).map(({ framework, clause, outcome }) =>
          sample([state.cluster, framework, clause, fresh ? outcome : 'not_assessed'], 1),
        );
      }),
    ),
  ];
}

const sample = (labels: readonly string[], value: number): Sample => ({ labels, value });

/** Label of what nobody declared: undecided as any error, but nothing that went wrong in a run. */
const notConfigured = 'not_configured';
const outcomeLabel = ({ outcome, undecided }: Finding): string =>
  undecided?.code === 'not_configured' ? notConfigured : outcome;

/** Rules about the register of exceptions give one finding per exception, told apart by its id. */
const subjectLabel = (id: string, check: string, subject: string): string =>
  id === `${check}/${subject}` ? subject : id.slice(check.length + 1);

function family(metric: MetricRef, samples: readonly Sample[]): Family {
  return { name: metric.name, kind: metric.kind, help: metric.help, labelNames: metric.labels, samples };
}

function reachable({ cluster, latest }: ClusterState): readonly Sample[] {
  const { subjects, observations } = latest?.run.snapshot ?? { subjects: [], observations: [] };
  return subjects
    .filter(({ kind }) => kind !== 'cluster')
    .map(({ id, kind }) => {
      const isReached = observations.some(({ subject, observation }) => subject === id && observation.status === 'ok');
      return sample([cluster, id, kind], isReached ? 1 : 0);
    });
}

/**
 * Counts by outcome and severity. Fresh verdicts give every combination, so that none is told from "not audited";
 * stale ones only say how many there were: a 0 of them would claim what nobody looked at.
 */
function findingCounts({ cluster, latest }: ClusterState, fresh: boolean): readonly Sample[] {
  if (latest === undefined) return [];
  const { findings } = latest.run.assessment;
  const shown = fresh ? [...outcomesWorstFirst, notConfigured] : ['stale'];
  return shown.flatMap((outcome) =>
    severitiesWorstFirst.map((severity) => {
      const count = findings.filter(
        (finding) => finding.severity === severity && (!fresh || outcomeLabel(finding) === outcome),
      ).length;
      return sample([cluster, outcome, severity], count);
    }),
  );
}
