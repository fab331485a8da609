import { renderTable, type Colour } from '@pgattest/runtime';
import type { Finding, Outcome } from '../finding.ts';
import { kindOfFact } from '../inventory/subjects.ts';
import { messagesOf } from '../report/i18n/messages-of.ts';
import type { Report } from '../report/model.ts';
import { byText, clauseOutcomes, outcomeRank, outcomesWorstFirst, severityRank } from '../report/outcomes.ts';
import { printable, printableLine } from '../report/printable.ts';
import type { AuditRun } from '../run.ts';
import type { Language, Text } from '../text.ts';

/** Outcomes that a reader must look at: all but pass and not applicable. */
const open: ReadonlySet<Outcome> = new Set(outcomesWorstFirst.slice(0, -2));

/**
 * What `audit run` prints: one row per framework with its clauses by outcome, the count of results, and every finding
 * that does not simply pass, worst first. Ends with a newline.
 */
export function renderVerdicts(
  { assessment, snapshot, manifest, report, sealed }: AuditRun,
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
  const recordLines =
    sealed === undefined
      ? []
      : [
          say({
            en: `record ${sealed.record.sequence} of its chain, head ${sealed.sha256}${sealed.signature === undefined ? ', not signed' : ''}`,
            zh: `证据链第 ${sealed.record.sequence} 条记录，链首 ${sealed.sha256}${sealed.signature === undefined ? '，未签名' : ''}`,
          }),
        ];
  const { silent } = report.scope.reconciliation;
  const rows = assessment.findings
    .filter(
      ({ outcome, subject, undecided }) =>
        open.has(outcome) &&
        outcome !== 'manual' &&
        undecided?.code !== 'not_configured' &&
        !(outcome === 'error' && silent.includes(subject)),
    )
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
  const notes = gaps(report, language);
  return `${[colour('bold', clusterLine), '', frameworks, ...findings, ...notes, '', digestLine, ...recordLines].join('\n')}\n`;
}

/** What was not seen at all, in a line each, and where the declaration and the cluster differ. */
function gaps({ scope, checks, method }: Report, language: Language): readonly string[] {
  const { silent, undeclared, unseen } = scope.reconciliation;
  const waiting = checks.flatMap(({ findings }) => findings).filter(({ outcome }) => outcome === 'manual').length;
  const undeclaredKinds = findUndeclaredKinds(checks.flatMap(({ findings }) => findings));
  const notes: readonly Text[] = [
    ...(undeclaredKinds === '' ? [] : [undeclaredNote(undeclaredKinds)]),
    ...(waiting === 0
      ? []
      : [
          {
            en: `${waiting} ${waiting === 1 ? 'item waits' : 'items wait'} for a person: "pgattest audit attest" lists them`,
            zh: `${waiting} 项待人工确认：运行 “pgattest audit attest” 查看`,
          },
        ]),
    ...silent.map((id) => {
      const count = checks.flatMap(({ findings }) => findings).filter(({ subject }) => subject === id).length;
      // The whole of it, without the probe it happened to stop first: the reason is what there is to act on.
      const message = method.limits.find(({ subject }) => subject === id)?.message ?? '';
      const why = printable(message.replaceAll(/\s+/gu, ' ')).replace(/^cannot collect \S+ on \S+: /u, '');
      return {
        en: `${id} did not answer, its ${count} results are not decided: ${why}`,
        zh: `${id} 无应答，其 ${count} 项结果均未判定：${why}`,
      };
    }),
    ...undeclared.map(({ name, address, from }) => ({
      en: `${printableLine(name)} (${address}) streams from ${from} and is not declared: it was not audited`,
      zh: `${printableLine(name)}（${address}）正从 ${from} 复制但未声明：未被审计`,
    })),
    ...unseen.map((id) => ({
      en: `${id} is a standby that no declared member sends to under that name`,
      zh: `${id} 是备库，但没有已声明的成员以该名称向其发送 WAL`,
    })),
  ];
  return notes.length === 0 ? [] : ['', ...notes.map((note) => `! ${note[language]}`)];
}

/** `node 50, monitoring 8`: how many results need a component that nobody declared, by its kind. */
function findUndeclaredKinds(findings: readonly Pick<Finding, 'undecided'>[]): string {
  const kinds = findings.flatMap(({ undecided }) =>
    undecided?.code === 'not_configured' && undecided.probe !== undefined ? [kindOfFact(undecided.probe)] : [],
  );
  return [...new Set(kinds)].map((kind) => `${kind} ${kinds.filter((other) => other === kind).length}`).join(', ');
}

const undeclaredNote = (kinds: string): Text => ({
  en: `not decided, for nobody declared what they need: ${kinds}; declare it, or name it under absent (clusters[].absent)`,
  zh: `以下检查因所需组件未声明而无法判定：${kinds}；请在配置中声明，或列入 absent（clusters[].absent）`,
});

/** `2 fail, 1 error, 80 pass`: states that occur, worst first. */
function counts(findings: readonly Finding[], language: Language): string {
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
  const line = printable(text.replaceAll(/\s+/gu, ' '));
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
