import {
  createColour,
  exitCode,
  redactSecrets,
  RuntimeError,
  widenSmallHeap,
  type CommandContext,
  type CommandSpec,
  type ExitCode,
} from '@pgattest/runtime';
import pLimit from 'p-limit';
import { discover } from '../inventory/discover.ts';
import { publishRun, publishRunAside } from '../publish.ts';
import { renderJson } from '../report/json.ts';
import { startReportThread, type ReportThread } from '../report-thread.ts';
import { auditRules } from '../rules.ts';
import { runAudit, type AuditRun } from '../run.ts';
import type { AuditSettings } from '../settings.ts';
import { verdictOf } from '../verdict-exit.ts';
import { ownCommand } from './own-command.ts';
import { createRunWatch, type RunWatch } from './run-watch.ts';
import { failOnOption, findFormats, formatOption, overrideOptions, readSettings, sourceOptions } from './source.ts';
import { renderVerdicts } from './verdict-table.ts';

/** `pgattest audit run`: one audit of every declared cluster. */
export const runCommand: CommandSpec = {
  name: 'run',
  summary: 'audit the configured clusters and write evidence and reports',
  example:
    'pgattest audit run --cluster pg-demo --instance pg-demo-1="host=127.0.0.1 user=auditor passfile=/etc/pgpass"',
  options: [
    ...sourceOptions,
    ...overrideOptions,
    formatOption,
    failOnOption,
    { flags: '--json', summary: 'print report.json instead of the verdict table' },
    { flags: '--quiet', summary: 'no progress on stderr' },
    { flags: '--check-config', summary: 'only say whether the configuration is valid' },
  ],
  async run(context) {
    const settings = await readSettings(context);
    // A mistake in the last cluster is told before the first one is audited.
    const inventories = await Promise.all(
      settings.clusters.map((cluster) => discover(cluster, { env: context.env, evidenceDir: settings.evidenceDir })),
    );
    if (context.options['checkConfig'] === true) {
      context.stdout.write('the configuration is valid\n');
      return exitCode.ok;
    }
    const json = context.options['json'] === true;
    if (json && settings.clusters.length > 1) {
      throw new RuntimeError('usage', '--json prints one document; choose a cluster with --cluster');
    }
    const watch = createRunWatch(context, inventories);
    const limit = pLimit(settings.clustersAtATime);
    const isFleet = settings.clusters.length > 1;
    if (isFleet) widenSmallHeap();
    const thread = isFleet ? startReportThread() : undefined;
    try {
      const codes = await Promise.all(
        settings.clusters.map((cluster) => limit(() => auditOne(cluster, settings, context, { watch, thread }))),
      );
      watch.end();
      return codes.reduce(worse, exitCode.ok);
    } finally {
      await thread?.close();
    }
  },
};

/** Audits one cluster and writes what it found. Whatever goes wrong stays its own; rejects only when interrupted. */
async function auditOne(
  cluster: AuditSettings['clusters'][number],
  settings: AuditSettings,
  context: CommandContext,
  { watch, thread }: { readonly watch: RunWatch; readonly thread: ReportThread | undefined },
): Promise<ExitCode> {
  context.signal.throwIfAborted();
  const json = context.options['json'] === true;
  const progress = watch.start(cluster.name);
  try {
    const run = await runAudit(cluster, {
      settings,
      rules: auditRules,
      env: context.env,
      signal: context.signal,
      now: () => new Date(),
      ...progress.listeners,
    });
    const options = {
      directory: settings.reportDir,
      formats: settings.formats,
      env: context.env,
      signal: context.signal,
    };
    const { folder, missing } =
      thread === undefined ? await publishRun(run, options) : await publishRunAside(run, options, thread);
    progress.done();
    if (missing !== undefined) context.stderr.write(`note: ${missing}\n`);
    context.stdout.write(
      json ? renderJson(run.report) : renderVerdicts(run, settings.language, createColour(context.stdout, context.env)),
    );
    if (!json) context.stdout.write(places(run, folder, settings));
    const code = exitOf(run, settings);
    // Asked for by name, a PDF that is missing is a run that could not finish.
    return missing !== undefined && findFormats(context.options) !== undefined
      ? worse(code, exitCode.incomplete)
      : code;
  } catch (cause) {
    progress.fail(context.signal.aborted ? 'interrupted, nothing was filed' : 'failed');
    if (context.signal.aborted || settings.clusters.length === 1) throw cause;
    // The others are audited all the same.
    const why = cause instanceof Error ? cause.message : String(cause);
    context.stderr.write(`error: audit of ${cluster.name} failed: ${redactSecrets(why)}\n`);
    return exitCode.incomplete;
  }
}

function places(run: AuditRun, folder: string, { language }: AuditSettings): string {
  const shown = run.report.checks.flatMap(({ findings }) => findings).find(({ outcome }) => outcome !== 'pass');
  const words = shown === undefined ? [] : ['audit', 'explain', shown.id, '--evidence', run.folder];
  const why = words.length === 0 ? '' : `${ownCommand(words, process.argv[1], process.cwd())}\n`;
  return language === 'en'
    ? `evidence: ${run.folder}\nreport:   ${folder}/report.html\n${why === '' ? '' : `why:      ${why}`}`
    : `证据：${run.folder}\n报告：${folder}/report.zh.html\n${why === '' ? '' : `缘由：${why}`}`;
}

/** Exit code of one judged run (conventions.md): 1 failing findings, 3 undecided ones. */
export function exitOf(run: AuditRun, settings: Pick<AuditSettings, 'failOn'>): ExitCode {
  const verdict = verdictOf(run.assessment.findings, settings.failOn);
  return verdict === 'findings' ? exitCode.findings : verdict === 'incomplete' ? exitCode.incomplete : exitCode.ok;
}

/** Over several clusters a failure is told before what is unknown. */
export const worse = (a: ExitCode, b: ExitCode): ExitCode => (a === exitCode.findings || b === exitCode.ok ? a : b);
