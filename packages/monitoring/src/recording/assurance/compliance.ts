import {
  auditCheckOutcome,
  auditClauseOutcome,
  auditEvidenceAgeSeconds,
  auditFindings,
  auditRunSuccess,
  auditSubjectReachable,
  gauge,
  promql,
  select,
  type Expr,
  type Unit,
} from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';

const ofCluster = (name: string, unit: Unit, help: string, expr: Expr) =>
  defineRecording(`audit:cls:${name}`, { ...gauge(unit, help), labels: ['job', 'cls'], expr });

/** Outcomes in which nothing is known: neither pass nor fail. */
const unknown = /error|insufficient_data/;

/** Checks that fail now, by severity. */
export const failingChecks = defineRecording('audit:cls:failing_count', {
  ...gauge('count', 'Findings that fail, by severity'),
  labels: ['job', 'cls', 'severity'],
  expr: promql`sum by (job, cls, severity) (${select(auditFindings, { outcome: 'fail' })})`,
});

/** Checks of which nothing is known, by severity. */
export const unknownChecks = defineRecording('audit:cls:unknown_count', {
  ...gauge('count', 'Findings that could not be decided, by severity'),
  labels: ['job', 'cls', 'severity'],
  expr: promql`sum by (job, cls, severity) (${select(auditFindings, { outcome: unknown })})`,
});

/** Share that passes of what was decided. What is excepted, not applicable or unknown is no part of it. */
export const passRatio = ofCluster(
  'pass_ratio',
  'ratio',
  'Findings that pass as a share of those that pass, warn or fail',
  promql`sum by (job, cls) (${select(auditFindings, { outcome: 'pass' })}) / (sum by (job, cls) (${select(auditFindings, { outcome: /pass|warn|fail/ })}) > 0)`,
);

/** Share of all findings of which something is known. */
export const knownRatio = ofCluster(
  'known_ratio',
  'ratio',
  'Findings that were decided as a share of all',
  promql`1 - sum by (job, cls) (${select(auditFindings, { outcome: unknown })}) / (sum by (job, cls) (${auditFindings}) > 0)`,
);

/** Checks that fail now and passed a day ago. */
export const regressions = defineRecording('audit:cls:regression_count_1d', {
  ...gauge('count', 'Checks that fail now and passed a day ago, by severity'),
  labels: ['job', 'cls', 'severity'],
  expr: promql`count by (job, cls, severity) (${select(auditCheckOutcome, { outcome: 'fail' })} and on (job, cls, subject, check) (${select(auditCheckOutcome, { outcome: 'pass' })} offset 1d)) or 0 * ${failingChecks}`,
});

/** Clauses of a framework by outcome. */
export const clauses = defineRecording('audit:cls:clause_count', {
  ...gauge('count', 'Clauses of the framework by outcome'),
  labels: ['job', 'cls', 'framework', 'outcome'],
  expr: promql`count by (job, cls, framework, outcome) (${auditClauseOutcome})`,
});

/** Subjects that the last audit could not talk to. */
export const unreachableSubjects = ofCluster(
  'unreachable_count',
  'count',
  'Subjects that the last audit could not talk to',
  promql`sum by (job, cls) (1 - ${auditSubjectReachable})`,
);

/** How old the evidence is. */
export const evidenceAge = ofCluster(
  'evidence_age_seconds',
  'seconds',
  'Age of the evidence that the current outcomes rest on',
  promql`max by (job, cls) (${auditEvidenceAgeSeconds})`,
);

/** Whether the last audit ran to its end. */
export const lastRunOk = ofCluster(
  'run_success',
  'bool',
  'Whether the last audit ran to its end, whatever it found',
  promql`min by (job, cls) (${auditRunSuccess})`,
);

export const complianceRecordings = [
  failingChecks,
  unknownChecks,
  passRatio,
  knownRatio,
  regressions,
  clauses,
  unreachableSubjects,
  evidenceAge,
  lastRunOk,
];
