import type { Severity } from '../../check.ts';
import { canonicalJson } from '../../evidence/canonical-json.ts';
import type { Finding, Outcome } from '../../finding.ts';
import { printable } from '../printable.ts';
import type { Changes, CheckReport, FrameworkReport, Report } from '../model.ts';
import { resultsOf } from './results.ts';
import { uuidOf } from '../../named-uuid.ts';

/**
 * SARIF 2.1.0: a rule per check, a result per check and object, a taxonomy per framework. What could not be decided is
 * `open`, what needs a person `review`; an accepted risk is suppressed with its reason. `baselineState` is written where
 * the report knows how a result compares with the run before.
 * Source: OASIS SARIF 2.1.0 errata 01, 3.27.9 kind, 3.27.10 level, 3.27.24 baselineState, 3.35 suppression.
 */
export function renderSarif(report: Report): string {
  const ruleIndex = new Map(report.checks.map(({ id }, index) => [id, index]));
  const waivers = new Map(report.waivers.map(({ id, reason }) => [id, reason]));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            version: report.tool.version,
            language: 'en',
            rules: report.checks.map((check) => ruleOf(check, report.frameworks)),
          },
        },
        automationDetails: { id: `${report.cluster}/${report.runId}`, guid: uuidOf('run', report.id) },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: report.startedAt,
            endTimeUtc: report.finishedAt,
            toolExecutionNotifications: report.method.limits.map(({ probe, subject, code, message }) => ({
              level: 'warning',
              message: { text: printable(`${probe} on ${subject}: ${code}: ${message}`) },
              descriptor: { id: code },
            })),
          },
        ],
        originalUriBaseIds: { EVIDENCE: { description: { text: 'evidence folder of the run' } } },
        taxonomies: report.frameworks.map(taxonomyOf),
        results: resultsOf(report).map(({ finding, kind }) => ({
          ruleId: finding.check,
          ruleIndex: ruleIndex.get(finding.check),
          guid: uuidOf('result', report.id, finding.id),
          correlationGuid: uuidOf('finding', report.cluster, finding.id),
          ...kindAndLevel(finding),
          message: { text: printable(finding.reason.en) },
          locations: locationsOf(finding, report.cluster, kind),
          partialFingerprints: {
            'findingId/v1': uuidOf('finding', report.cluster, finding.id),
          },
          ...baselineOf(finding.id, report.changes),
          ...suppressionOf(finding, waivers),
          properties: {
            outcome: finding.outcome,
            severity: finding.severity,
            subject: finding.subject,
            observedAt: finding.at,
            messageZh: printable(finding.reason.zh),
            ...(report.changes?.firstSeen?.[finding.id] === undefined
              ? {}
              : { firstSeen: report.changes.firstSeen[finding.id] }),
          },
        })),
        columnKind: 'utf16CodeUnits',
        properties: {
          evidenceDigest: report.evidence.digest,
          ...(report.changes === undefined ? {} : { previousRunId: report.changes.previousRunId }),
        },
      },
    ],
  };
  return canonicalJson(log);
}

function ruleOf(check: CheckReport, frameworks: readonly FrameworkReport[]) {
  return {
    id: check.id,
    shortDescription: { text: check.title.en },
    fullDescription: { text: check.rationale.en },
    help: { text: [check.remediation.en, check.remediation.zh, ...check.fix].join('\n') },
    defaultConfiguration: { level: levelOf(check.severity) },
    properties: { titleZh: check.title.zh, rationaleZh: check.rationale.zh, tags: ['security', ...check.catalogue] },
    relationships: check.clauses.map(({ framework, clause }) => ({
      target: {
        id: clause,
        toolComponent: { name: framework, index: frameworks.findIndex(({ id }) => id === framework) },
      },
      kinds: ['relevant'],
    })),
  };
}

const taxonomyOf = (framework: FrameworkReport) => ({
  name: framework.id,
  version: framework.edition,
  shortDescription: { text: framework.title.en },
  taxa: framework.sections.flatMap(({ clauses }) =>
    clauses.map(({ id, title, outcome }) => ({
      id,
      shortDescription: { text: title.en },
      properties: { titleZh: title.zh, outcome },
    })),
  ),
});

const levelOf = (severity: Severity): 'error' | 'warning' | 'note' =>
  severity === 'critical' || severity === 'high' ? 'error' : severity === 'medium' ? 'warning' : 'note';

/** A level other than `none` is for kind `fail` only. */
function kindAndLevel({ outcome, severity, waived }: Finding): { readonly kind: string; readonly level: string } {
  const kind = kinds[outcome];
  if (kind !== 'fail') return { kind, level: 'none' };
  return { kind, level: (waived?.outcome ?? outcome) === 'warn' ? weaker(severity) : levelOf(severity) };
}

const kinds: Readonly<Record<Outcome, string>> = {
  pass: 'pass',
  warn: 'fail',
  fail: 'fail',
  excepted: 'fail',
  not_applicable: 'notApplicable',
  manual: 'review',
  error: 'open',
  stale: 'open',
  insufficient_data: 'open',
};

/** A warning is never an `error` for the reader. */
const weaker = (severity: Severity): 'warning' | 'note' => (levelOf(severity) === 'note' ? 'note' : 'warning');

function locationsOf({ subject, evidence }: Finding, cluster: string, kind: string) {
  const logicalLocations = [{ name: subject, fullyQualifiedName: `${cluster}/${subject}`, kind }];
  const files = [...new Set(evidence.map(({ file }) => file))];
  if (files.length === 0) return [{ logicalLocations }];
  return files.map((file) => ({
    logicalLocations,
    physicalLocation: { artifactLocation: { uri: encodeURI(file), uriBaseId: 'EVIDENCE' } },
  }));
}

/** Results that neither the change log lists nor a run before can tell of carry no state. */
function baselineOf(id: string, changes: Changes | undefined): { readonly baselineState?: string } {
  if (changes === undefined) return {};
  if (changes.appeared.includes(id)) return { baselineState: 'new' };
  if (changes.remaining.includes(id)) return { baselineState: 'unchanged' };
  if (changes.resolved.includes(id) || changes.lost.includes(id)) return { baselineState: 'updated' };
  return {};
}

function suppressionOf({ waived }: Finding, waivers: ReadonlyMap<string, string>) {
  if (waived === undefined) return {};
  const reason = waivers.get(waived.waiver);
  const justification = reason === undefined ? waived.waiver : `${waived.waiver}: ${reason}`;
  return { suppressions: [{ kind: 'external', status: 'accepted', justification: printable(justification) }] };
}
