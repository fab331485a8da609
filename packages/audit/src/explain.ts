import { renderTable } from '@pgattest/runtime';
import { canonicalJson } from './evidence/canonical-json.ts';
import type { Finding, FindingEvidence } from './finding.ts';
import { messagesOf } from './report/i18n/messages-of.ts';
import { printable, printableLine } from './report/printable.ts';
import { describeRules } from './rule-descriptions.ts';
import type { AuditRules } from './rules.ts';
import type { AuditRun } from './run.ts';
import type { Language, Text } from './text.ts';

/** Longest part of an observation that is printed; the rest is in the evidence file. */
const shownLines = 40;

/** Everything behind one finding: rule, thresholds, commands, what was observed, clauses, remedy. Ends with a newline. */
export function explainFinding(run: AuditRun, finding: Finding, rules: AuditRules, language: Language): string {
  const words = messagesOf(language);
  const say = (text: Text): string => text[language];
  const label = (en: string, zh: string): string => `${language === 'en' ? en : zh}:`;
  const rule = describeRules(rules).find(({ id }) => id === finding.check);
  const facts = [
    [label('outcome', '结果'), `${words.outcome[finding.outcome]}${waivedNote(finding, language)}`],
    [label('severity', '级别'), words.severity[finding.severity]],
    [label('reason', '说明'), printableLine(say(finding.reason))],
    [label('seen at', '时间'), finding.at],
    [
      label('rule', '规则'),
      rule === undefined ? finding.check : `${say(rule.title)} (${[finding.check, ...rule.catalogue].join(', ')})`,
    ],
    [label('why', '缘由'), rule === undefined ? '' : say(rule.rationale)],
    [label('thresholds', '阈值'), thresholds(finding, run, language)],
    [label('remedy', '整改'), rule === undefined ? '' : say(rule.remediation)],
  ];
  const undecided =
    finding.undecided === undefined
      ? []
      : ['', `${label('missing evidence', '缺失证据')} ${finding.undecided.code}: ${finding.undecided.message}`];
  const fix =
    rule === undefined || rule.fix.length === 0 ? [] : ['', label('fix', '修复语句'), ...rule.fix.map(indent)];
  const evidence = finding.evidence.flatMap((item, index) => ['', ...describeEvidence(item, index, run, language)]);
  const lines = [
    finding.id,
    ...facts.filter(([, value]) => value !== '').map(([name, value]) => `  ${name} ${value}`),
    ...undecided,
    ...fix,
    ...evidence,
    '',
    label('clauses', '对应条款'),
    clauses(finding, run, language),
    '',
    `${label('evidence', '证据')} ${run.folder}`,
    `${label('digest', '证据摘要')} ${run.manifest.digest}`,
  ];
  return `${printable(lines.join('\n'))}\n`;
}

function waivedNote({ waived }: Finding, language: Language): string {
  if (waived === undefined) return '';
  const raw = messagesOf(language).outcome[waived.outcome];
  return language === 'en' ? ` (${raw}, exception ${waived.waiver})` : `（原结果 ${raw}，例外 ${waived.waiver}）`;
}

function thresholds(finding: Finding, { evaluation }: AuditRun, language: Language): string {
  const overridden = evaluation.params[finding.check] ?? {};
  return Object.entries(finding.params)
    .map(([name, value]) => {
      const mark = name in overridden ? (language === 'en' ? ' (configured)' : '（已配置）') : '';
      return `${name} = ${JSON.stringify(value)}${mark}`;
    })
    .join(', ');
}

function describeEvidence(item: FindingEvidence, index: number, run: AuditRun, language: Language): readonly string[] {
  const label = (en: string, zh: string): string => `  ${language === 'en' ? en : zh}:`;
  return [
    `${language === 'en' ? 'evidence' : '证据'} ${index + 1}: ${item.subject}, ${item.fact}, ${item.at}`,
    `${label('expected', '预期')} ${item.expected[language]}`,
    `${label('actual', '实际')} ${item.actual.includes('\n') ? `\n${indent(indent(item.actual))}` : item.actual}`,
    `${label('repeat', '复现命令')} ${item.command}`,
    `${label('file', '文件')} ${item.file}`,
    `  sha256: ${item.sha256}`,
    label('observed', '原始观测'),
    indent(indent(observedText(item, run, language))),
  ];
}

/** The rows of the observation that the evidence points at, when they can be told; else all of it, cut. */
function observedText(item: FindingEvidence, { snapshot }: AuditRun, language: Language): string {
  const record = snapshot.observations.find(({ probe, subject }) => probe === item.fact && subject === item.subject);
  if (record === undefined || record.observation.status !== 'ok') return '';
  const value = record.observation.value;
  const rows = rowsAt(value, item.at);
  const lines = canonicalJson(rows.length === 0 ? value : rows.length === 1 ? rows[0] : rows)
    .trimEnd()
    .split('\n');
  if (lines.length <= shownLines) return lines.join('\n');
  const more = lines.length - shownLines;
  const rest = language === 'en' ? `… ${more} more lines in ${item.file}` : `… 其余 ${more} 行见 ${item.file}`;
  return [...lines.slice(0, shownLines), rest].join('\n');
}

/**
 * Evidence names its place for a reader (`ssl`, `line 5`, `role app`): the member of that name, or else the innermost
 * list items that hold one of those words as a whole value.
 */
function rowsAt(value: unknown, at: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Object.hasOwn(value, at)) return [Object.fromEntries(Object.entries(value).filter(([key]) => key === at))];
  const words = new Set(at.split(/[\s,:]+/u));
  const search = (node: unknown): readonly unknown[] => {
    if (typeof node !== 'object' || node === null) return [];
    const inner = Object.values(node).flatMap(search);
    if (inner.length > 0 || !Array.isArray(node)) return inner;
    return node.filter(
      (row: unknown) =>
        typeof row === 'object' &&
        row !== null &&
        Object.values(row).some(
          (cell) => (typeof cell === 'string' || typeof cell === 'number') && words.has(String(cell)),
        ),
    );
  };
  return search(value);
}

function clauses(finding: Finding, { assessment }: AuditRun, language: Language): string {
  const rows = assessment.frameworks.flatMap((framework) =>
    framework.clauses
      .filter((clause) => clause.checks.some((check) => check === finding.check))
      .map((clause) => {
        const result = assessment.clauseResults.find(
          (candidate) => candidate.framework === framework.id && candidate.clause === clause.id,
        );
        const outcome = result === undefined ? '' : messagesOf(language).clauseOutcome[result.outcome];
        return [`  ${framework.id}`, clause.id, outcome, clause.title[language]];
      }),
  );
  if (rows.length === 0) return language === 'en' ? '  none' : '  无';
  const head = language === 'en' ? ['  framework', 'clause', 'state', 'title'] : ['  框架', '条款', '状态', '标题'];
  return renderTable({ head, rows });
}

const indent = (text: string): string => text.replaceAll(/^/gmu, '  ');
