import {
  auditCheckOutcome,
  auditClauseOutcome,
  auditEvidenceAgeSeconds,
  auditFindings,
  auditSubjectReachable,
  promql,
  select,
} from '@pgattest/catalog';
import { type Panel, stat, table } from '../../grafana/panel.ts';

const cluster = { cls: '$cls' } as const;

export const complianceRow: readonly Panel[] = [
  stat({
    title: 'Failing checks',
    description: 'Findings of the last audit that fail and are not waived.',
    queries: [{ expr: promql`sum(${select(auditFindings, { ...cluster, outcome: 'fail' })})`, legend: 'fail' }],
    unit: 'count',
    thresholds: [{ value: 1, colour: 'red', why: 'Red from 1: each is a non-conformity with evidence.' }],
    empty: 'no fresh verdict: not audited, or the last audit failed',
    width: 4,
  }),
  stat({
    title: 'Undecided checks',
    description: 'Checks without a verdict because evidence could not be collected. Undecided is not met.',
    queries: [{ expr: promql`sum(${select(auditFindings, { ...cluster, outcome: 'error' })})`, legend: 'error' }],
    unit: 'count',
    thresholds: [{ value: 1, colour: 'orange', why: 'Orange from 1: "pgattest audit doctor" says what is missing.' }],
    empty: 'no fresh verdict: not audited, or the last audit failed',
    width: 4,
  }),
  stat({
    title: 'Age of the evidence',
    description: 'Time since the evidence of the newest audit was collected.',
    queries: [{ expr: promql`min(${select(auditEvidenceAgeSeconds, cluster)})`, legend: 'age' }],
    thresholds: [{ value: 93_600, colour: 'red', why: 'Red from 26 hours, where AuditEvidenceStale fires.' }],
    empty: 'no fresh verdict: not audited, or the last audit failed',
    width: 4,
  }),
  stat({
    title: 'Members audited',
    description: 'Members whose evidence could be collected, of those declared.',
    queries: [
      { expr: promql`sum(${select(auditSubjectReachable, cluster)})`, legend: 'reached' },
      { expr: promql`count(${select(auditSubjectReachable, cluster)})`, legend: 'declared' },
    ],
    unit: 'count',
    empty: 'no fresh verdict: not audited, or the last audit failed',
    width: 12,
  }),
  table({
    title: 'Clauses by outcome',
    description: 'Clauses of each framework by the outcome of the last audit.',
    queries: [{ expr: promql`count by (framework, outcome) (${select(auditClauseOutcome, cluster)} == 1)`, legend: '' }],
    unit: 'count',
    columns: { framework: 'Framework', outcome: 'Outcome', Value: 'Clauses' },
    empty: 'no fresh verdict: not audited, or the last audit failed',
    width: 12,
  }),
  table({
    title: 'Failing checks by member',
    description: 'What fails where. "pgattest audit explain <check>/<subject>" shows the evidence and the remedy.',
    queries: [
      { expr: promql`max by (severity, check, subject) (${select(auditCheckOutcome, { ...cluster, outcome: 'fail' })}) == 1`, legend: '' },
    ],
    unit: 'count',
    columns: { severity: 'Severity', check: 'Check', subject: 'Subject' },
    empty: 'no check fails',
    width: 12,
  }),
];
