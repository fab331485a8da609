import { renderTable, type Colour } from '@pgattest/runtime';
import type { Finding, Outcome } from '../finding.ts';
import { messagesOf } from '../report/i18n/messages-of.ts';
import { byText, clauseOutcomes, outcomeRank, outcomesWorstFirst, severityRank } from '../report/outcomes.ts';
import type { AuditRun } from '../run.ts';
import type { Language, Text } from '../text.ts';

/** Outcomes that a reader must look at: all but pass and not applicable. */
const open: ReadonlySet<Outcome> = new Set(outcomesWorstFirst.slice(0, -2));

/**
 * What `audit run` prints: one row per framework with its clauses by outcome, the count of results, and every finding
 * that does not simply pass, worst first. Ends with a newline.
 */
export function renderVerdicts(
  { assessment, snapshot, manifest }: AuditRun,
  language: Language,
  colour: Colour,
): string {
  const words = messagesOf(language);
  const say = (text: Text): string => text[language];
  const clusterLine = say({
    en: `${snapshot.cluster}: ${counts(assessment.findings, language)}`,
    zh: `${snapshot.cluster}：${counts(assessment.findings, language)}`,
  });
  const frameworks = renderTable({
    head: [say({ en: 'framework', zh: '框架' }), ...clauseOutcomes.map((outcome) => words.clauseOutcome[outcome])],
    align: ['left', ...clauseOutcomes.map(() => 'right' as const)],
    rows: assessment.frameworks.map((framework) => [
      say(framework.title),
      ...clauseOutcomes.map((outcome) =>
        String(
          assessment.clauseResults.filter((result) => result.framework === framework.id && result.outcome === outcome)
            .length,
        ),
      ),
    ]),
    colour,
  });
  const digestLine = say({
    en: `run ${snapshot.runId}, evidence ${manifest.digest}`,
    zh: `运行 ${snapshot.runId}，证据摘要 ${manifest.digest}`,
  });
  const rows = assessment.findings
    .filter(({ outcome }) => open.has(outcome))
    .toSorted(worstFirst)
    .map(({ outcome, severity, id, reason }) => [
      colour(colourOf(outcome), words.outcome[outcome]),
      words.severity[severity],
      id,
      oneLine(say(reason)),
    ]);
  const head = [
    say({ en: 'outcome', zh: '结果' }),
    say({ en: 'severity', zh: '级别' }),
    say({ en: 'finding', zh: '编号' }),
    say({ en: 'reason', zh: '说明' }),
  ];
  const findings = rows.length === 0 ? [] : ['', renderTable({ head, rows, colour })];
  return `${[colour('bold', clusterLine), '', frameworks, ...findings, '', digestLine].join('\n')}\n`;
}

/** `2 fail, 1 error, 80 pass`: states that occur, worst first. */
export function counts(findings: readonly Finding[], language: Language): string {
  const parts = outcomesWorstFirst.flatMap((outcome) => {
    const count = findings.filter((finding) => finding.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${messagesOf(language).outcome[outcome]}`];
  });
  return parts.join(language === 'en' ? ', ' : '，');
}

const worstFirst = (a: Finding, b: Finding): number =>
  outcomeRank(a.outcome) - outcomeRank(b.outcome) ||
  severityRank(a.severity) - severityRank(b.severity) ||
  byText(a.id, b.id);

const colourOf = (outcome: Outcome): 'red' | 'yellow' | 'magenta' =>
  outcome === 'fail' ? 'red' : outcome === 'warn' || outcome === 'excepted' ? 'yellow' : 'magenta';

/** Reasons are sentences; a line of a table holds the first hundred columns of one. */
function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ');
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
