import type { Severity } from '../../check.ts';
import type { Finding, Outcome } from '../../finding.ts';
import type { Report } from '../model.ts';
import { printable } from '../printable.ts';
import { resultsOf, type ReportedResult } from './results.ts';
import { uuidOf } from '../../named-uuid.ts';

/**
 * OCSF 1.5 compliance findings (class 2003) as JSON lines for a SIEM, one per check and object. A result that could not be
 * decided has compliance status Unknown, an accepted risk is suppressed and keeps its raw status; our own word is in
 * `unmapped.outcome`. Source: schema.ocsf.io 1.5.0, compliance_finding.
 */
export const renderOcsf = (report: Report): string =>
  resultsOf(report)
    .map((result) => `${JSON.stringify(eventOf(report, result))}\n`)
    .join('');

function eventOf(report: Report, { check, finding, kind }: ReportedResult) {
  const activity = activityOf(report, finding.id);
  const firstSeen = report.changes?.firstSeen?.[finding.id];
  const severity = finding.outcome === 'pass' || finding.outcome === 'not_applicable' ? 'info' : finding.severity;
  const status = statusOf(report, finding);
  const judgement = compliance[finding.waived?.outcome ?? finding.outcome];
  return {
    activity_id: activity.id,
    activity_name: activity.name,
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200300 + activity.id,
    type_name: `Compliance Finding: ${activity.name}`,
    time: Date.parse(finding.at),
    severity_id: severities[severity].id,
    severity: severities[severity].name,
    status_id: status.id,
    status: status.name,
    message: printable(`${finding.id}: ${finding.reason.en}`),
    metadata: {
      version: '1.5.0',
      uid: uuidOf('ocsf', report.id, finding.id),
      correlation_uid: report.id,
      event_code: finding.check,
      product: { name: 'pgattest', vendor_name: 'pgattest', version: report.tool.version },
    },
    finding_info: {
      uid: uuidOf('finding', report.cluster, finding.id),
      title: check.title.en,
      desc: printable(finding.reason.en),
      types: ['Compliance'],
      last_seen_time: Date.parse(finding.at),
      ...(firstSeen === undefined ? {} : { first_seen_time: Date.parse(firstSeen) }),
      analytic: { uid: finding.check, name: check.title.en, type: 'Rule', type_id: 1 },
    },
    compliance: {
      control: finding.check,
      standards: standardsOf(report, check.clauses),
      requirements: check.clauses.map(({ framework, clause }) => `${framework} ${clause}`),
      status_id: judgement.id,
      status: judgement.name,
      status_code: finding.outcome,
      status_detail: printable(finding.reason.en),
    },
    resources: [{ uid: `${report.cluster}/${finding.subject}`, name: finding.subject, type: kind }],
    ...(finding.evidence.length === 0
      ? {}
      : {
          evidences: finding.evidence.map(({ file, sha256, at, actual, command }) => ({
            data: { file, sha256, at, actual: printable(actual), command: printable(command) },
          })),
        }),
    remediation: { desc: [check.remediation.en, ...check.fix].join('\n') },
    unmapped: { outcome: finding.outcome, rule_severity: finding.severity, result_id: finding.id },
  };
}

/** A check outside every framework (one of the engine's own rules) has the auditor itself as its standard. */
function standardsOf(report: Report, clauses: ReportedResult['check']['clauses']): readonly string[] {
  const ids = new Set(clauses.map(({ framework }) => framework));
  const named = report.frameworks
    .filter(({ id }) => ids.has(id))
    .map(({ title, edition }) => `${title.en}, ${edition}`);
  return named.length === 0 ? ['pgattest'] : named;
}

const severities: Readonly<Record<Severity, { readonly id: number; readonly name: string }>> = {
  info: { id: 1, name: 'Informational' },
  low: { id: 2, name: 'Low' },
  medium: { id: 3, name: 'Medium' },
  high: { id: 4, name: 'High' },
  critical: { id: 5, name: 'Critical' },
};

/** Without a run before, everything is new to the reader. */
function activityOf({ changes }: Report, id: string): { readonly id: number; readonly name: string } {
  if (changes?.resolved.includes(id) === true) return { id: 3, name: 'Close' };
  if (changes === undefined || changes.appeared.includes(id)) return { id: 1, name: 'Create' };
  return { id: 2, name: 'Update' };
}

function statusOf({ changes }: Report, { id, outcome }: Finding): { readonly id: number; readonly name: string } {
  if (outcome === 'excepted') return { id: 3, name: 'Suppressed' };
  if (outcome === 'pass' || outcome === 'not_applicable') return { id: 4, name: 'Resolved' };
  return changes?.remaining.includes(id) === true ? { id: 2, name: 'In Progress' } : { id: 1, name: 'New' };
}

const unknown = { id: 0, name: 'Unknown' };

const compliance: Readonly<Record<Outcome, { readonly id: number; readonly name: string }>> = {
  pass: { id: 1, name: 'Pass' },
  warn: { id: 2, name: 'Warning' },
  fail: { id: 3, name: 'Fail' },
  not_applicable: { id: 99, name: 'Other' },
  excepted: unknown,
  error: unknown,
  stale: unknown,
  insufficient_data: unknown,
  manual: unknown,
};
