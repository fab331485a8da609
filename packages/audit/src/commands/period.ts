import {
  exitCode,
  findDurationMs,
  loadPublicKey,
  RuntimeError,
  version,
  type CommandContext,
  type CommandSpec,
  type ExitCode,
} from '@pgattest/runtime';
import { loadFrameworkFiles } from '../config/framework-files.ts';
import { sha256 } from '../evidence/hash.ts';
import { keysById } from '../evidence/record-signature.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { VerifyOptions } from '../evidence/verify.ts';
import type { Framework } from '../framework.ts';
import { buildPeriodReport } from '../history/period/build-period.ts';
import { endOf, isDay, beginOf, dayMs, type Period } from '../history/period/days.ts';
import type { PeriodReport } from '../history/period/period-report.ts';
import { readPeriod, type PeriodHistory } from '../history/period/read-period.ts';
import { publishPeriod } from '../publish-period.ts';
import type { ShownLanguage } from '../report/html/view.tsx';
import { printableLine } from '../report/printable.ts';
import { periodFormats, type PeriodFormat } from '../report/period/render-files.ts';
import { verdictWords } from '../report/period/words.ts';
import { describeRules } from '../rule-descriptions.ts';
import { auditRules } from '../rules.ts';
import { evidenceOptions, reportDirOf, withStore } from './evidence-source.ts';
import { findText, textList } from './source.ts';

/** Most days one report may span: a strip of a longer period says nothing to a reader. */
const longestPeriodDays = 1100;

/** `pgattest audit period`: what the runs of a period say together, for an assessor of operating effectiveness. */
export const periodCommand: CommandSpec = {
  name: 'period',
  summary: 'report on a period: controls day by day, populations, findings, samples',
  example:
    'pgattest audit period evidence --from 2026-07-01 --to 2026-09-30 --framework soc2 --public-key audit.key.pub',
  arguments: [{ syntax: '[dir]', summary: 'folder that keeps evidence; by default that of the configuration' }],
  options: [
    ...evidenceOptions,
    { flags: '--from <day>', summary: 'first day of the period, UTC: 2026-07-01' },
    { flags: '--to <day>', summary: 'last day of the period, included' },
    { flags: '--cluster <name...>', summary: 'these clusters only' },
    { flags: '--framework <id...>', summary: 'frameworks to report; by default those of the last run of the period' },
    { flags: '--framework-file <file...>', summary: 'YAML files with frameworks of your own; reported too' },
    { flags: '--public-key <file...>', summary: 'public key of the auditor; several after a change of keys' },
    { flags: '--require-signatures', summary: 'also the records from before signing began must be signed' },
    { flags: '--no-evidence', summary: 'verify manifest and configuration of each run, not its observations' },
    { flags: '--every <duration>', summary: 'longest planned time between two runs', default: '1d' },
    { flags: '--sample <count>', summary: 'how many of each population to draw', default: '25' },
    { flags: '--seed <text>', summary: 'seed of the samples; by default from cluster, period and head of the chain' },
    { flags: '--lang <language>', summary: 'language of the report', choices: ['en', 'zh', 'both'], default: 'en' },
    { flags: '--format <names>', summary: `separated by commas: ${periodFormats.join(', ')}`, default: 'html,json' },
    { flags: '--report-dir <dir>', summary: 'folder reports are written to', env: 'PGATTEST_REPORT_DIR' },
    { flags: '--json', summary: 'print the report as JSON and write no file' },
  ],
  notes: 'Exit codes: 0 written, 2 usage or a damaged chain, 3 a run does not verify or a PDF is missing.',
  async run(context) {
    const wanted = await readWanted(context.options);
    return withStore(context, context.args[0], async (store) => {
      const reports: PeriodReport[] = [];
      for (const history of await readAll(store, wanted, context)) reports.push(reportOf(history, wanted));
      if (context.options['json'] === true) return printJson(reports, context);
      let code: ExitCode = exitCode.ok;
      for (const report of reports) {
        const written = await writeOne(report, wanted, context);
        if (written !== exitCode.ok) code = written;
      }
      return code;
    });
  },
};

interface Wanted {
  readonly period: Period;
  readonly clusters: readonly string[];
  readonly frameworkIds: readonly string[];
  readonly ownFrameworks: readonly Framework[];
  readonly verify: VerifyOptions;
  readonly everyMs: number;
  readonly sampleSize: number;
  readonly seed: string | undefined;
  readonly language: ShownLanguage;
  readonly formats: readonly PeriodFormat[];
  readonly directory: string;
}

async function readWanted(options: CommandContext['options']): Promise<Wanted> {
  const period = periodOf(options);
  const every = findText(options, 'every') ?? '1d';
  const everyMs = findDurationMs(every);
  if (everyMs === undefined || everyMs === 0) {
    throw new RuntimeError('usage', `--every is no duration: ${every}; write it like 1d, 12h or 30m`);
  }
  const sample = findText(options, 'sample') ?? '25';
  if (!/^\d{1,5}$/u.test(sample)) throw new RuntimeError('usage', `--sample is no count: ${sample}`);
  const lang = findText(options, 'lang');
  const keys = await Promise.all(
    textList(options, 'publicKey').map((file) => loadPublicKey(file, 'pgattest audit keygen')),
  );
  return {
    period,
    clusters: textList(options, 'cluster'),
    frameworkIds: textList(options, 'framework'),
    ownFrameworks: await loadFrameworkFiles(textList(options, 'frameworkFile'), auditRules),
    verify: {
      keys: keysById(keys),
      requireSignatures: options['requireSignatures'] === true,
      evidence: options['evidence'] !== false,
    },
    everyMs,
    sampleSize: Number(sample),
    seed: findText(options, 'seed'),
    language: lang === 'zh' || lang === 'both' ? lang : 'en',
    formats: formatsOf(findText(options, 'format') ?? 'html,json'),
    directory: await reportDirOf(options),
  };
}

function periodOf(options: CommandContext['options']): Period {
  const day = (name: 'from' | 'to'): string => {
    const text = findText(options, name);
    if (text === undefined)
      throw new RuntimeError('usage', `say which period: --from <day> --to <day>; --${name} is missing`);
    if (isDay(text)) return text;
    throw new RuntimeError('usage', `--${name} is no day of the calendar: ${text}; write it like 2026-07-01`);
  };
  const period = { from: day('from'), to: day('to') };
  if (period.from > period.to) {
    throw new RuntimeError('usage', `the period ends before it begins: --from ${period.from} --to ${period.to}`);
  }
  const days = Math.round((endOf(period.to) - beginOf(period.from)) / dayMs);
  if (days > longestPeriodDays) {
    throw new RuntimeError('usage', `the period has ${days} days; a report spans at most ${longestPeriodDays}`);
  }
  return period;
}

function formatsOf(text: string): readonly PeriodFormat[] {
  const formats = text.split(',').map((word) => {
    const format = periodFormats.find((known) => known === word.trim());
    if (format !== undefined) return format;
    throw new RuntimeError('usage', `there is no period format "${word}"; there are ${periodFormats.join(', ')}`);
  });
  return [...new Set(formats)];
}

/** The named clusters, or all of the store; of several that nobody named, one without a run in the period is told and left out. */
async function readAll(
  store: EvidenceStore,
  wanted: Wanted,
  { stderr }: CommandContext,
): Promise<readonly PeriodHistory[]> {
  const known = await store.clusters();
  if (known.length === 0) throw new RuntimeError('usage', `there is no evidence in ${store.name}`);
  const unknown = wanted.clusters.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new RuntimeError(
      'usage',
      `there is no evidence of ${unknown} in ${store.name}; there is of ${known.join(', ')}`,
    );
  }
  const clusters = wanted.clusters.length === 0 ? known : wanted.clusters;
  const histories: PeriodHistory[] = [];
  const missing: string[] = [];
  for (const cluster of clusters) {
    const history = await readPeriod(store, cluster, wanted.period, wanted.verify);
    if (typeof history === 'string') missing.push(history);
    else histories.push(history);
  }
  if (missing.length > 0 && (histories.length === 0 || wanted.clusters.length > 0)) {
    throw new RuntimeError('usage', missing.join('; '));
  }
  for (const sentence of missing) stderr.write(`note: ${sentence}\n`);
  return histories;
}

function reportOf(history: PeriodHistory, wanted: Wanted): PeriodReport {
  const { cluster, period, head } = history;
  return buildPeriodReport(history, {
    rules: describeRules(auditRules),
    frameworks: frameworksOf(history, wanted),
    everyMs: wanted.everyMs,
    sampleSize: wanted.sampleSize,
    seed: wanted.seed ?? sha256(`${cluster} ${period.from} ${period.to} ${head.sha256}`).slice(0, 16),
    tool: { name: 'pgattest', version },
  });
}

/** Frameworks by name, or those that the last readable run of the period reported; own ones as they were filed. */
function frameworksOf({ runs, cluster }: PeriodHistory, { frameworkIds, ownFrameworks }: Wanted): readonly Framework[] {
  const last = runs.findLast(({ read }) => read.ok)?.read;
  const evaluation = last?.ok === true ? last.evidence.evaluation : undefined;
  const filed = evaluation?.ownFrameworks ?? [];
  const known = [
    ...auditRules.frameworks,
    ...ownFrameworks,
    ...filed.filter(({ id }) => !ownFrameworks.some((own) => own.id === id)),
  ];
  const unknown = frameworkIds.find((id) => known.every((framework) => framework.id !== id));
  if (unknown !== undefined) {
    throw new RuntimeError(
      'usage',
      `there is no framework ${unknown}; for ${cluster} there are ${known.map(({ id }) => id).join(', ')}`,
    );
  }
  const ids = frameworkIds.length > 0 ? frameworkIds : (evaluation?.frameworks ?? []);
  const all = new Set([...ids, ...ownFrameworks.map(({ id }) => id)]);
  return [...all].flatMap((id) => known.find((framework) => framework.id === id) ?? []);
}

function printJson(reports: readonly PeriodReport[], { stdout }: CommandContext): ExitCode {
  stdout.write(`${JSON.stringify({ schemaVersion: 1, clusters: reports }, null, 2)}\n`);
  return reports.some(({ totals }) => totals.unverifiedRuns > 0) ? exitCode.incomplete : exitCode.ok;
}

async function writeOne(
  report: PeriodReport,
  wanted: Wanted,
  { stdout, stderr, env, signal }: CommandContext,
): Promise<ExitCode> {
  const { folder, files, missing } = await publishPeriod(report, { ...wanted, env, signal });
  const { cluster, period, schedule, totals, samples } = report;
  const language = wanted.language === 'zh' ? 'zh' : 'en';
  const sentences = verdictWords(
    totals.controlsWithFailedDay,
    totals.controlsWithUnknownDay,
    schedule.days - schedule.daysWithRun,
    totals.unverifiedRuns,
  );
  stdout.write(
    [
      `${cluster} ${period.from} – ${period.to}: ${schedule.runs} ${schedule.runs === 1 ? 'run' : 'runs'}, seed ${printableLine(samples.seed)}`,
      ...sentences.map((sentence) => `  ${sentence[language]}`),
      ...files.map((name) => `  ${folder}/${name}`),
      '',
    ].join('\n'),
  );
  for (const { runId, problem } of report.runs) {
    if (problem !== undefined) stderr.write(`note: run ${runId} does not verify: ${problem}\n`);
  }
  if (missing !== undefined) stderr.write(`note: ${missing}\n`);
  return missing !== undefined || totals.unverifiedRuns > 0 ? exitCode.incomplete : exitCode.ok;
}
