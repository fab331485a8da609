import type { Outcome } from '../../finding.ts';
import { subjectKinds } from '../../inventory/subjects.ts';
import type { Report } from '../model.ts';
import { escapeXml, escapeXmlAttribute } from './xml.ts';
import { resultsOf, type ReportedResult } from './results.ts';

/**
 * JUnit XML for a CI server: a suite per kind of component, a case per check and object. A failure is `failure`; what
 * could not be decided is `error`, so that it never counts as passed; what does not apply, needs a person or was
 * accepted is `skipped` with its reason. A warning passes, as it does for the exit code, and says so in `system-out`.
 */
export function renderJunit(report: Report): string {
  const results = resultsOf(report);
  const suites = subjectKinds.flatMap((kind) => {
    const members = results.filter((result) => result.kind === kind);
    return members.length === 0 ? [] : [suite(kind, members, report)];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXmlAttribute(`pgattest ${report.id}`)}" ${counts(results)} time="0">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

type State = 'passed' | 'failure' | 'error' | 'skipped';

const states: Readonly<Record<Outcome, State>> = {
  pass: 'passed',
  warn: 'passed',
  fail: 'failure',
  error: 'error',
  stale: 'error',
  insufficient_data: 'error',
  not_applicable: 'skipped',
  manual: 'skipped',
  excepted: 'skipped',
};

function counts(results: readonly ReportedResult[]): string {
  const count = (state: State) => results.filter(({ finding }) => states[finding.outcome] === state).length;
  return `tests="${results.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

function suite(kind: string, members: readonly ReportedResult[], report: Report): string {
  const at = report.finishedAt.replace(/\.\d+Z$/u, 'Z').replace(/Z$/u, '');
  return [
    `  <testsuite name="${kind}" ${counts(members)} time="0" timestamp="${escapeXmlAttribute(at)}" hostname="${escapeXmlAttribute(report.cluster)}">`,
    '    <properties>',
    ...[
      ['runId', report.runId],
      ['evidenceDigest', report.evidence.digest],
      ['toolVersion', report.tool.version],
    ].map(([name, value]) => `      <property name="${name ?? ''}" value="${escapeXmlAttribute(value ?? '')}"/>`),
    '    </properties>',
    ...members.map(testCase),
    '  </testsuite>',
  ].join('\n');
}

function testCase({ check, finding }: ReportedResult): string {
  const { outcome, reason, severity } = finding;
  const message = `${outcome}: ${reason.en}`;
  const detail = [
    check.title.en,
    reason.en,
    ...finding.evidence.map(({ command, actual }) => `$ ${command}\n${actual}`),
    ...(outcome === 'fail' || outcome === 'warn' ? [check.remediation.en, ...check.fix] : []),
  ].join('\n');
  const state = states[outcome];
  const inner =
    state === 'passed'
      ? outcome === 'warn'
        ? [`      <system-out>${escapeXml(detail)}</system-out>`]
        : []
      : state === 'skipped'
        ? [`      <skipped message="${escapeXmlAttribute(message)}"/>`]
        : [
            `      <${state} type="${severity}" message="${escapeXmlAttribute(message)}">${escapeXml(detail)}</${state}>`,
          ];
  return [
    `    <testcase classname="${escapeXmlAttribute(finding.check)}" name="${escapeXmlAttribute(finding.id)}" time="0">`,
    `      <properties><property name="outcome" value="${outcome}"/><property name="severity" value="${severity}"/></properties>`,
    ...inner,
    '    </testcase>',
  ].join('\n');
}
