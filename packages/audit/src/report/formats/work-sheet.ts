import type { FindingEvidence } from '../../finding.ts';
import type { Language, Text } from '../../text.ts';
import { formatTime } from '../format.ts';
import { messagesOf } from '../i18n/messages-of.ts';
import type { ClauseReport, FrameworkReport, Report } from '../model.ts';
import { outcomesWorstFirst } from '../outcomes.ts';
import { printable } from '../printable.ts';
import { resultsOf } from './results.ts';

/** A table of texts and counts with one line of headings. */
export interface Sheet {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/**
 * The single-item record of an assessor: object, control point, item, method, record, judgement, evidence, in this order;
 * what a machine wants to join by follows. A row per clause and object, and one for a clause that rests on no object.
 */
export function recordSheet(report: Report, framework: FrameworkReport, language: Language): Sheet {
  const clauses = framework.sections.flatMap(({ clauses: members }) => members);
  return {
    name: framework.id,
    head: recordHead.map((text) => text[language]),
    rows: clauses.flatMap((clause) => recordRows(report, framework, clause, language)),
  };
}

const recordHead: readonly Text[] = [
  { en: 'Object', zh: '测评对象' },
  { en: 'Control point', zh: '控制点' },
  { en: 'Item', zh: '测评项' },
  { en: 'Method', zh: '测评方法' },
  { en: 'Record', zh: '结果记录' },
  { en: 'Judgement', zh: '符合情况' },
  { en: 'Evidence', zh: '证据编号' },
  { en: 'Framework', zh: '框架' },
  { en: 'Clause', zh: '条款' },
  { en: 'Unit', zh: '测评单元' },
  { en: 'Judgement of the clause', zh: '条款判定' },
  { en: 'Decided by', zh: '判定依据' },
  { en: 'Results', zh: '结果编号' },
];

const examine: Text = { en: 'Examine', zh: '核查' };
const interview: Text = { en: 'Interview', zh: '访谈' };

function recordRows(
  report: Report,
  framework: FrameworkReport,
  clause: ClauseReport,
  language: Language,
): readonly (readonly string[])[] {
  const t = messagesOf(language);
  const ids = new Set(clause.findings);
  const results = resultsOf(report).filter(({ finding }) => ids.has(finding.id));
  const row = (object: string, method: string, record: string, judgement: string, own: typeof results) => [
    object,
    clause.section[language],
    `${clause.id} ${clause.title[language]}`,
    method,
    printable(record),
    judgement,
    evidenceIds(
      report,
      own.flatMap(({ finding }) => finding.evidence),
    ).join(' '),
    framework.id,
    clause.id,
    clause.unit ?? '',
    t.clauseOutcome[clause.outcome],
    t.decidedBy[clause.decidedBy],
    own.map(({ finding }) => finding.id).join('\n'),
  ];
  const rows = clause.cells.flatMap(({ subject, outcome }) => {
    if (outcome === undefined) return [];
    const own = results.filter(({ finding }) => finding.subject === subject);
    const record = own.map(({ check, finding }) => `${check.title[language]}${t.colon}${finding.reason[language]}`);
    return [row(subject, examine[language], record.join('\n'), t.outcome[outcome], own)];
  });
  if (rows.length > 0) return rows;
  const asked = clause.manual.map((item) => item[language]);
  const method = clause.checks.length === 0 ? interview : examine;
  const record = [clause.reason[language], ...asked].join('\n');
  return [row(report.cluster, method[language], record, t.clauseOutcome[clause.outcome], [])];
}

function evidenceIds({ evidence }: Report, cited: readonly FindingEvidence[]): readonly string[] {
  const paths = new Set(cited.map(({ file }) => file));
  return evidence.files.filter(({ path }) => paths.has(path)).map(({ id }) => id);
}

/** Every result: a row per check and object. */
export function resultSheet(report: Report, language: Language): Sheet {
  const t = messagesOf(language);
  return {
    name: language === 'en' ? 'Results' : '检查结果',
    head: resultHead.map((text) => text[language]),
    rows: resultsOf(report).map(({ check, finding, kind }) => [
      finding.id,
      finding.outcome,
      t.outcome[finding.outcome],
      finding.check,
      check.title[language],
      finding.subject,
      t.kind[kind],
      finding.severity,
      printable(finding.reason[language]),
      printable(finding.evidence.map(({ at, actual }) => `${at}${t.colon}${actual}`).join('\n')),
      finding.evidence.map(({ expected }) => expected[language]).join('\n'),
      printable(finding.evidence.map(({ command }) => command).join('\n')),
      [check.remediation[language], ...check.fix].join('\n'),
      check.clauses.map(({ framework, clause }) => `${framework} ${clause}`).join('\n'),
      finding.waived?.waiver ?? '',
      changeOf(report, finding.id, language),
      formatTime(finding.at),
      evidenceIds(report, finding.evidence).join(' '),
    ]),
  };
}

const resultHead: readonly Text[] = [
  { en: 'Result', zh: '结果编号' },
  { en: 'Outcome', zh: '结果代码' },
  { en: 'Judgement', zh: '符合情况' },
  { en: 'Check', zh: '检查项' },
  { en: 'Title', zh: '检查内容' },
  { en: 'Object', zh: '测评对象' },
  { en: 'Kind', zh: '对象类别' },
  { en: 'Severity', zh: '严重程度' },
  { en: 'Record', zh: '结果记录' },
  { en: 'Observed', zh: '观察值' },
  { en: 'Expected', zh: '期望值' },
  { en: 'Command', zh: '复核命令' },
  { en: 'Remediation', zh: '整改建议' },
  { en: 'Clauses', zh: '条款' },
  { en: 'Exception', zh: '例外编号' },
  { en: 'Change', zh: '变化' },
  { en: 'Observed at', zh: '观察时间' },
  { en: 'Evidence', zh: '证据编号' },
];

function changeOf({ changes }: Report, id: string, language: Language): string {
  const kinds = [
    ['appeared', { en: 'new', zh: '新增' }],
    ['remaining', { en: 'remaining', zh: '仍存在' }],
    ['resolved', { en: 'resolved', zh: '已消除' }],
    ['lost', { en: 'no longer decided', zh: '不再能判定' }],
  ] as const;
  return kinds.find(([kind]) => changes?.[kind].includes(id))?.[1][language] ?? '';
}

/** The numbers of the cover, so that a reader can check the other sheets against them. */
export function totalSheet({ totals, ...report }: Report, language: Language): Sheet {
  const t = messagesOf(language);
  const word = (text: Text): string => text[language];
  return {
    name: language === 'en' ? 'Totals' : '合计',
    head: [word({ en: 'Item', zh: '项目' }), word({ en: 'Value', zh: '值' })],
    rows: [
      [word({ en: 'Cluster', zh: '集群' }), report.cluster],
      [word({ en: 'Run', zh: '运行编号' }), report.runId],
      [word({ en: 'Begin', zh: '开始' }), formatTime(report.startedAt)],
      [word({ en: 'End', zh: '结束' }), formatTime(report.finishedAt)],
      [word({ en: 'Tool', zh: '工具' }), `${report.tool.name} ${report.tool.version}`],
      [word({ en: 'Digest of the evidence', zh: '证据摘要值' }), report.evidence.digest],
      [word({ en: 'Results', zh: '结果总数' }), totals.results],
      ...outcomesWorstFirst.map((outcome) => [t.outcome[outcome], totals.outcomes[outcome]]),
      [word({ en: 'High-risk situations', zh: '高风险情形' }), totals.highRisk],
      [word({ en: 'Evidence files', zh: '证据文件数' }), totals.evidenceFiles],
    ],
  };
}
