import type { PeriodReport } from '../../history/period/period-report.ts';
import type { Language, Text } from '../../text.ts';
import { formatTime } from '../format.ts';
import type { Sheet } from '../formats/work-sheet.ts';
import { messagesOf } from '../i18n/messages-of.ts';
import { printable } from '../printable.ts';
import { episodeWords, presenceWords, stateWords, waiverWords, words } from './words.ts';

type Row = Sheet['rows'][number];

/** Every table of a period by the name of its file: what an auditor draws samples from, whole. */
export function periodSheets(report: PeriodReport, language: Language): ReadonlyMap<string, Sheet> {
  const of = (name: string, title: Text, head: readonly Text[], rows: readonly Row[]): readonly [string, Sheet] => [
    name,
    { name: title[language], head: head.map((text) => text[language]), rows },
  ];
  const dayHeads = report.days.map((day) => ({ en: day, zh: day }));
  return new Map([
    of('runs', words.runs, runHead, runRows(report, language)),
    of('controls', words.calendar, [...controlHead, ...dayHeads], controlRows(report, language)),
    of('clauses', { en: 'Clauses', zh: '条款' }, [...clauseHead, ...dayHeads], clauseRows(report, language)),
    of('objects', words.population, [...objectHead, ...dayHeads], objectRows(report, language)),
    of('findings', words.findings, findingHead, findingRows(report, language)),
    of('waivers', words.waivers, waiverHead, waiverRows(report, language)),
  ]);
}

const sampled: Text = { en: 'In the sample', zh: '样本中' };
const rankIn = (ids: readonly string[], id: string): number | string => {
  const index = ids.indexOf(id);
  return index < 0 ? '' : index + 1;
};
const counts = [words.failedDays, words.unknownDays, words.passedDays, words.noRunDays];

const runHead: readonly Text[] = [
  words.run,
  words.to,
  words.record,
  { en: 'SHA-256 of the record', zh: '记录 SHA-256' },
  words.manifest,
  words.merkleRoot,
  words.signedBy,
  words.rulesUsed,
  words.verified,
  words.broken,
  sampled,
];

const runRows = ({ runs, samples }: PeriodReport, language: Language): readonly Row[] =>
  runs.map((run) => [
    run.runId,
    formatTime(run.finishedAt),
    run.sequence,
    run.record,
    run.manifest,
    run.merkleRoot,
    run.keyId ?? words.notSigned[language],
    `${run.rules.version} ${run.rules.sha256}`,
    run.problem === undefined ? words.verified[language] : words.broken[language],
    printable(run.problem ?? ''),
    rankIn(samples.runs.ids, run.runId),
  ]);

const controlHead: readonly Text[] = [
  words.control,
  { en: 'Title', zh: '内容' },
  { en: 'Severity', zh: '严重程度' },
  { en: 'Clauses', zh: '条款' },
  ...counts,
];

const controlRows = ({ controls }: PeriodReport, language: Language): readonly Row[] =>
  controls.map((control) => [
    control.id,
    control.isKnown ? control.title[language] : words.unknownControl[language],
    messagesOf(language).severity[control.severity],
    control.clauses.map(({ framework, clause }) => `${framework} ${clause}`).join('\n'),
    ...countsOf(control.counts),
    ...control.days.map((state) => stateWords[state].name[language]),
  ]);

const countsOf = (of: PeriodReport['controls'][number]['counts']): readonly number[] => [
  of.fail,
  of.unknown,
  of.pass,
  of.no_run,
];

const clauseHead: readonly Text[] = [
  { en: 'Framework', zh: '框架' },
  words.clause,
  { en: 'Title', zh: '内容' },
  words.controls,
  words.byPerson,
  ...counts,
];

const clauseRows = ({ frameworks }: PeriodReport, language: Language): readonly Row[] =>
  frameworks.flatMap((framework) =>
    framework.clauses.map((clause) => [
      framework.id,
      clause.id,
      clause.title[language],
      clause.controls.join('\n'),
      clause.manual.map((item) => item[language]).join('\n'),
      ...countsOf(clause.counts),
      ...clause.days.map((state) => stateWords[state].name[language]),
    ]),
  );

const objectHead: readonly Text[] = [words.object, words.kind, words.inScope, words.answered, words.moves, sampled];

const objectRows = ({ population, samples }: PeriodReport, language: Language): readonly Row[] =>
  population.objects.map(({ id, kind, runs, answered, moves, days }) => [
    id,
    messagesOf(language).kind[kind],
    runs,
    answered,
    moves.map((move) => `${words[move.kind][language]} ${formatTime(move.at)} ${move.runId}`).join('\n'),
    rankIn(samples.objects.ids, id),
    ...days.map((state) => presenceWords[state][language]),
  ]);

const findingHead: readonly Text[] = [
  words.finding,
  { en: 'Kind', zh: '类别' },
  words.opened,
  words.reopened,
  words.closed,
  { en: 'Open for, hours', zh: '持续（小时）' },
  words.state,
  words.unproven,
  sampled,
];

const findingRows = ({ findings, samples }: PeriodReport, language: Language): readonly Row[] =>
  findings.map((episode) => [
    episode.id,
    episode.hasFailed ? words.failure[language] : words.warningOnly[language],
    `${formatTime(episode.openedAt)} ${episode.openedBy}`,
    episode.isReopened ? words.reopened[language] : '',
    episode.closedAt === undefined ? '' : `${formatTime(episode.closedAt)} ${episode.closedBy ?? ''}`,
    Math.round(episode.durationMs / 360_000) / 10,
    episodeWords[episode.state][language],
    episode.isClosureUnproven ? words.unproven[language] : '',
    rankIn(samples.findings.ids, `${episode.id} ${episode.openedAt}`),
  ]);

const waiverHead: readonly Text[] = [
  words.waiver,
  words.scope,
  words.reason,
  words.owner,
  words.approval,
  words.until,
  words.listed,
  words.state,
  words.covered,
];

const waiverRows = ({ waivers }: PeriodReport, language: Language): readonly Row[] =>
  waivers.map((waiver) => [
    waiver.id,
    `${waiver.check} @ ${waiver.subject}`,
    waiver.reason,
    waiver.owner,
    waiver.approval ?? '',
    waiver.until,
    `${waiver.firstRun} – ${waiver.lastRun}`,
    waiverWords[waiver.state][language],
    waiver.findings.join('\n'),
  ]);
