import { counter, defineMetric, gauge } from '../model.ts';

/** What the auditor says about its runs and their verdicts. */
export const auditSelfMetrics = Object.freeze({
  auditUp: defineMetric('pgattest_audit_up', gauge('bool', 'Whether the auditor runs, constantly 1')),
  auditLastRunTimestampSeconds: defineMetric(
    'pgattest_audit_last_run_timestamp_seconds',
    gauge('timestamp_seconds', 'When the last audit of this cluster ended'),
    ['cls'],
  ),
  auditRunDurationSeconds: defineMetric(
    'pgattest_audit_run_duration_seconds',
    gauge('seconds', 'Time the last audit of this cluster took'),
    ['cls'],
  ),
  auditRunSuccess: defineMetric(
    'pgattest_audit_run_success',
    gauge('bool', 'Whether the last audit of this cluster ran to its end, whatever it found'),
    ['cls'],
  ),
  auditCheckOutcome: defineMetric(
    'pgattest_audit_check_outcome',
    gauge('info', 'Current outcome of a check on a subject, constantly 1'),
    ['cls', 'subject', 'check', 'severity', 'outcome'],
  ),
  auditFindings: defineMetric(
    'pgattest_audit_findings',
    gauge('count', 'Findings of the last audit by outcome and severity'),
    ['cls', 'outcome', 'severity'],
  ),
  auditClauseOutcome: defineMetric(
    'pgattest_audit_clause_outcome',
    gauge('info', 'Current outcome of a clause of a framework, constantly 1'),
    ['cls', 'framework', 'clause', 'outcome'],
  ),
  auditEvidenceAgeSeconds: defineMetric(
    'pgattest_audit_evidence_age_seconds',
    gauge('seconds', 'Age of the evidence the current outcomes rest on'),
    ['cls'],
  ),
  auditSubjectReachable: defineMetric(
    'pgattest_audit_subject_reachable',
    gauge('bool', 'Whether the last audit got any evidence from this subject: a component, a host, what watches them'),
    ['cls', 'subject', 'kind'],
  ),
  auditSharingLeaseAlive: defineMetric(
    'pgattest_audit_sharing_lease_alive',
    gauge('bool', "Whether this auditor's lease in etcd surely lives, without which it audits nothing"),
  ),
  auditSharingAuditors: defineMetric(
    'pgattest_audit_sharing_auditors',
    gauge('count', 'Living auditors that share the clusters'),
  ),
  auditSharingHeld: defineMetric(
    'pgattest_audit_sharing_held',
    gauge('bool', 'Whether this auditor is the one that audits this cluster'),
    ['cls'],
  ),
  auditSharingAbandonedRunsTotal: defineMetric(
    'pgattest_audit_sharing_abandoned_runs_total',
    counter('count', 'Runs that were not filed because the cluster was no longer held'),
  ),
});

/** The same metrics one by one, for expressions. */
export const {
  auditUp,
  auditLastRunTimestampSeconds,
  auditRunDurationSeconds,
  auditRunSuccess,
  auditCheckOutcome,
  auditFindings,
  auditClauseOutcome,
  auditEvidenceAgeSeconds,
  auditSubjectReachable,
  auditSharingLeaseAlive,
  auditSharingAuditors,
  auditSharingHeld,
  auditSharingAbandonedRunsTotal,
} = auditSelfMetrics;
