import { canonicalJson } from '../../evidence/canonical-json.ts';
import type { ClauseOutcome } from '../../framework.ts';
import type { ClauseReport, FrameworkReport, Report, SubjectReport } from '../model.ts';
import { printable } from '../printable.ts';
import { resultsOf, type ReportedResult } from './results.ts';
import { uuidOf } from '../../named-uuid.ts';

const namespace = 'urn:pgattest:oscal';

/**
 * OSCAL 1.1.2 assessment results: a component per object, an observation per check and object, a finding per clause of
 * every framework. OSCAL knows satisfied and not satisfied only: what was met in part, accepted or not assessed is not
 * satisfied, and our own word for it is in the prop `judgement`.
 * Source: NIST OSCAL 1.1.2, assessment-results model.
 */
export function renderOscal(report: Report): string {
  const plan = uuidOf('plan', report.id);
  return canonicalJson({
    'assessment-results': {
      uuid: uuidOf('assessment-results', report.id),
      metadata: {
        title: `pgattest: ${report.cluster}`,
        'last-modified': report.finishedAt,
        version: report.runId,
        'oscal-version': '1.1.2',
        props: [
          prop('tool', `${report.tool.name} ${report.tool.version}`),
          prop('evidence-digest', report.evidence.digest),
        ],
      },
      'import-ap': { href: `#${plan}` },
      results: [
        {
          uuid: uuidOf('result', report.id),
          title: `Audit of ${report.cluster}`,
          description: `Evidence collected read-only between ${report.startedAt} and ${report.finishedAt}; it says what held then, not later.`,
          start: report.startedAt,
          end: report.finishedAt,
          props: [prop('results', String(report.totals.results))],
          'local-definitions': { components: report.scope.subjects.map((subject) => componentOf(report, subject)) },
          'reviewed-controls': {
            'control-selections': report.frameworks.map((framework) => ({
              description: `${framework.title.en}, ${framework.edition}`,
              'include-controls': clausesOf(framework).map(({ id }) => ({ 'control-id': tokenOf(framework.id, id) })),
            })),
          },
          observations: resultsOf(report).map((result) => observationOf(report, result)),
          findings: report.frameworks.flatMap((framework) =>
            clausesOf(framework).map((clause) => findingOf(report, framework, clause)),
          ),
        },
      ],
      'back-matter': {
        resources: [
          {
            uuid: plan,
            title: 'Assessment plan',
            description: 'The checks of pgattest that apply to the declared cluster; there is no separate document.',
          },
        ],
      },
    },
  });
}

const clausesOf = ({ sections }: FrameworkReport): readonly ClauseReport[] =>
  sections.flatMap(({ clauses }) => clauses);

/** `mlps-l3_8.1.4.1-a` of `8.1.4.1 a)`: an XML name, as OSCAL wants its ids. */
export const tokenOf = (framework: string, clause: string): string =>
  `${framework}_${clause}`
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^(?![\p{L}_])/u, '_')
    .replace(/-$/u, '');

/** Values of props are one line without blanks at either end. */
const prop = (name: string, value: string) => ({ name, ns: namespace, value: oneLine(value) });

const oneLine = (value: string): string => {
  const line = printable(value).replaceAll(/\s+/gu, ' ').trim();
  return line === '' ? '-' : line;
};

const componentId = (report: Report, subject: string): string => uuidOf('component', report.cluster, subject);

const componentOf = (report: Report, { id, kind, role, version }: SubjectReport) => ({
  uuid: componentId(report, id),
  type: kind === 'node' ? 'hardware' : kind === 'cluster' ? 'system' : 'software',
  title: id,
  description: `${kind} ${id} of ${report.cluster}`,
  props: [
    prop('kind', kind),
    ...(role === undefined ? [] : [prop('role', role)]),
    ...(version === undefined ? [] : [prop('version', version)]),
  ],
  status: { state: 'operational' },
});

const observationId = (report: Report, finding: string): string => uuidOf('observation', report.id, finding);

function observationOf(report: Report, { check, finding }: ReportedResult) {
  const isKnown = report.scope.subjects.some(({ id }) => id === finding.subject);
  return {
    uuid: observationId(report, finding.id),
    title: check.title.en,
    description: printable(finding.reason.en),
    props: [
      prop('outcome', finding.outcome),
      prop('severity', finding.severity),
      prop('check-id', finding.check),
      prop('result-id', finding.id),
      ...(finding.waived === undefined ? [] : [prop('exception', finding.waived.waiver)]),
    ],
    methods: [finding.outcome === 'manual' ? 'INTERVIEW' : 'EXAMINE'],
    types: ['finding'],
    ...(isKnown
      ? {
          subjects: [
            { 'subject-uuid': componentId(report, finding.subject), type: 'component', title: finding.subject },
          ],
        }
      : {}),
    ...(finding.evidence.length === 0
      ? {}
      : {
          'relevant-evidence': finding.evidence.map(({ file, sha256, at, actual, command }) => ({
            href: encodeURI(file),
            description: printable(`${at}: ${actual === '' ? 'nothing printed' : actual}`),
            props: [prop('sha256', sha256)],
            remarks: printable(command),
          })),
        }),
    collected: finding.at,
    remarks: printable(finding.reason.zh),
  };
}

function findingOf(report: Report, framework: FrameworkReport, clause: ClauseReport) {
  return {
    uuid: uuidOf('clause', report.id, framework.id, clause.id),
    title: `${clause.id} ${clause.title.en}`,
    description: printable(clause.reason.en),
    props: [
      prop('framework', framework.id),
      prop('clause', clause.id),
      prop('judgement', clause.outcome),
      prop('decided-by', clause.decidedBy),
    ],
    target: {
      type: 'objective-id',
      'target-id': tokenOf(framework.id, clause.id),
      status: statuses[clause.outcome],
      ...(clause.outcome === 'not_applicable' ? { 'implementation-status': { state: 'not-applicable' } } : {}),
    },
    ...(clause.findings.length === 0
      ? {}
      : {
          'related-observations': clause.findings.map((id) => ({ 'observation-uuid': observationId(report, id) })),
        }),
    remarks: printable(clause.reason.zh),
  };
}

const statuses: Readonly<Record<ClauseOutcome, { readonly state: string; readonly reason: string }>> = {
  met: { state: 'satisfied', reason: 'pass' },
  not_applicable: { state: 'satisfied', reason: 'other' },
  not_met: { state: 'not-satisfied', reason: 'fail' },
  met_in_part: { state: 'not-satisfied', reason: 'other' },
  accepted_risk: { state: 'not-satisfied', reason: 'other' },
  not_assessed: { state: 'not-satisfied', reason: 'other' },
};
