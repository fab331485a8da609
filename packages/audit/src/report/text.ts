import type { Language } from '../text.ts';
import { alignColumns } from './columns.ts';
import { formatTime, percentOf } from './format.ts';
import { messagesOf } from './i18n/messages-of.ts';
import type { Messages } from './i18n/messages.ts';
import type { FrameworkReport, Ratio, Report } from './model.ts';
import { byText, clauseOutcomes, outcomeRank, outcomesWorstFirst, severityRank } from './outcomes.ts';
import { printable, printableLine } from './printable.ts';

const quiet: readonly string[] = ['pass', 'not_applicable'];

/**
 * The report for a terminal: what was seen, the verdict table per framework, the high-risk situations and every finding
 * that needs attention with its reason. Plain text without colour; the HTML report has evidence and remedies.
 */
export function renderText(report: Report, language: Language): string {
  const t = messagesOf(language);
  const blocks = [
    heading(report, t),
    frameworkTable(report, t, language),
    highRisk(report, t, language),
    limits(report, t),
    attention(report, t, language),
    `${t.text.evidence}${t.colon}${report.evidence.digest}`,
  ];
  return printable(`${blocks.filter((block) => block !== '').join('\n\n')}\n`);
}

function heading({ totals, cluster, runId, finishedAt }: Report, t: Messages): string {
  const counts = outcomesWorstFirst
    .filter((outcome) => totals.outcomes[outcome] > 0)
    .map((outcome) => `${t.outcome[outcome]} ${totals.outcomes[outcome]}`);
  return [
    `${t.text.heading(cluster)}  ${formatTime(finishedAt)}  ${runId}`,
    `${t.summary.results}${t.colon}${totals.results} = ${counts.join(' + ')}`,
  ].join('\n');
}

function frameworkTable({ frameworks }: Report, t: Messages, language: Language): string {
  const head = [
    t.text.framework,
    ...clauseOutcomes.map((outcome) => t.clauseOutcome[outcome]),
    t.summary.conformity,
    t.summary.coverage,
    t.summary.confidence,
  ];
  const rows = frameworks.map((framework) => [
    `${framework.title[language]}, ${framework.edition}`,
    ...clauseOutcomes.map((outcome) => String(framework.outcomes[outcome])),
    ...rates(framework, t),
  ]);
  return alignColumns(
    [head, ...rows],
    head.map((_, column) => column).filter((column) => column > 0),
  );
}

/** Percentages where the framework concludes by them, else the counts alone. */
function rates({ headline, conformity, coverage, confidence }: FrameworkReport, t: Messages): readonly string[] {
  const count = ({ part, whole }: Ratio) => (whole === 0 ? t.noBasis : `${part}/${whole}`);
  const rate = (ratio: Ratio) => {
    const percent = percentOf(ratio);
    return percent === undefined ? t.noBasis : `${percent}% (${ratio.part}/${ratio.whole})`;
  };
  return headline === 'rates'
    ? [conformity, coverage, confidence].map(rate)
    : ['-', count(coverage), count(confidence)];
}

function highRisk(report: Report, t: Messages, language: Language): string {
  const shown = report.highRisk.filter(({ state }) => state === 'triggered' || state === 'accepted');
  const undecided = report.highRisk.filter(({ state }) => state === 'undecided').length;
  if (shown.length === 0)
    return undecided === 0 ? '' : `${t.text.highRisk}\n  ${t.summary.highRiskUndecided(undecided)}`;
  const rows = shown.map(({ key, title, state, findings }) => [
    key,
    t.highRiskState[state],
    title[language],
    findings.join(', '),
  ]);
  return `${t.text.highRisk}\n${indent(alignColumns(rows))}`;
}

function limits({ method, scope }: Report, t: Messages): string {
  const { silent, undeclared } = scope.reconciliation;
  const whole = silent.map((subject) => [subject, '*', t.scope.noAnswer]);
  const single = method.limits
    .filter(({ subject }) => !silent.includes(subject))
    .map(({ subject, probe, code, message }) => [subject, probe, `${t.undecidedCode[code]}${t.colon}${message}`]);
  const strangers = undeclared.map(({ name, address, from }) => [`${name} (${address})`, from, t.scope.undeclared]);
  const rows = [...whole, ...single, ...strangers];
  return rows.length === 0 ? '' : `${t.method.limits}\n${indent(alignColumns(rows))}`;
}

/** Findings worst first. What is not decided because a whole member is silent is counted in one line. */
function attention(report: Report, t: Messages, language: Language): string {
  const { silent } = report.scope.reconciliation;
  const findings = report.checks
    .flatMap((check) => check.findings)
    .filter(({ outcome }) => !quiet.includes(outcome))
    .toSorted(
      (a, b) =>
        outcomeRank(a.outcome) - outcomeRank(b.outcome) ||
        severityRank(a.severity) - severityRank(b.severity) ||
        byText(a.id, b.id),
    );
  if (findings.length === 0) return t.text.noFindings;
  const own = findings.filter(({ undecided }) => undecided === undefined || !silent.includes(undecided.subject));
  const rows = own.map(({ outcome, severity, id, reason }) => [
    t.outcome[outcome],
    t.severity[severity],
    id,
    printableLine(reason[language]),
  ]);
  return [
    t.text.topFindings,
    ...(rows.length > 0 ? [indent(alignColumns(rows))] : []),
    ...(own.length < findings.length ? [`  ${t.text.silent(findings.length - own.length, silent)}`] : []),
  ].join('\n');
}

const indent = (block: string): string => block.replace(/^/gmu, '  ');
