import { join, resolve } from 'node:path';
import {
  createProgress,
  exitCode,
  RuntimeError,
  type CommandContext,
  type CommandSpec,
  type ExitCode,
  type Progress,
} from '@pgattest/runtime';
import type { DemoCluster } from '../cluster/demo-cluster.ts';
import { startDemoCluster } from '../cluster/start-demo-cluster.ts';
import { LabError } from '../errors.ts';
import { runChildProgram, type ChildEnd, type ChildProgram } from './child-program.ts';
import { runFullQuickstart } from './full.ts';
import { renderGuide } from './guide.ts';
import { reportsSince, shortestPath } from './report-files.ts';
import {
  childSpec,
  logDirOf,
  startAuditService,
  startExporters,
  writeAuditConfig,
  type ServiceSite,
} from './services.ts';
import { during } from './step.ts';
import { quickstartTexts, type Language, type QuickstartTexts } from './texts.ts';
import { watchRun } from './watch-run.ts';

/** What the quickstart runs beside the cluster; the command line knows where its own script is. */
export interface QuickstartPrograms {
  /** Absolute path of the script of the `pgattest` command. */
  readonly entry: string;
  /** Statements that give a role what the audit probes read; `{role}` stands for its name. */
  readonly auditorGrants: readonly string[];
}

interface QuickstartOptions {
  readonly once: boolean;
  readonly keep: boolean;
  readonly dir: string | undefined;
  readonly reportDir: string;
  readonly language: Language;
}

const postgresPort = 5432;

/** `pgattest quickstart`: a real cluster, its exporters and its auditor, from nothing to a first report. */
export function quickstartCommand(programs: QuickstartPrograms): CommandSpec {
  return {
    name: 'quickstart',
    summary: 'start a demo PostgreSQL cluster, monitor it, audit it and say where to look',
    example: 'pgattest quickstart --once',
    options: [
      {
        flags: '--full',
        summary: 'the whole stack: Patroni, etcd, HAProxy, PgBouncer, backups (needs Debian packages)',
      },
      { flags: '--once', summary: 'stop everything after the first report' },
      { flags: '--keep', summary: 'keep the database and the logs when everything is stopped' },
      { flags: '--dir <dir>', summary: 'new or empty directory for the database (default: a temporary one)' },
      { flags: '--report <dir>', summary: 'directory for reports and evidence', default: 'report' },
      { flags: '--lang <language>', summary: 'language of the output', default: 'en', choices: ['en', 'zh'] },
    ],
    run: async (context) => runQuickstart(programs, context),
  };
}

async function runQuickstart(programs: QuickstartPrograms, context: CommandContext): Promise<ExitCode> {
  const options = readOptions(context);
  if (context.options['full'] === true) {
    if (options.dir !== undefined)
      throw new RuntimeError('usage', '--dir is not for --full: the lab has a place of its own');
    return runFullQuickstart({ ...options, entry: programs.entry }, context);
  }
  const texts = quickstartTexts[options.language];
  const progress = createProgress(context.stderr);
  const cluster = await startCluster(programs, options, texts, progress, context);
  const started: ChildProgram[] = [];
  try {
    return await useCluster({ programs, context, options, texts, progress, cluster, started });
  } finally {
    const step = progress.step(texts.stopping);
    await Promise.all(started.map(async (program) => program.stop()));
    await cluster.stop();
    step.done(options.keep ? texts.kept(cluster.dir) : texts.removed);
  }
}

interface Quickstart {
  readonly programs: QuickstartPrograms;
  readonly context: CommandContext;
  readonly options: QuickstartOptions;
  readonly texts: QuickstartTexts;
  readonly progress: Progress;
  readonly cluster: DemoCluster;
  /** Filled as programs start, so that a failure half-way stops them all. */
  readonly started: ChildProgram[];
}

async function useCluster(quickstart: Quickstart): Promise<ExitCode> {
  const { programs, context, options, texts, progress, cluster, started } = quickstart;
  const site: ServiceSite = {
    cluster,
    entry: programs.entry,
    env: context.env,
    reportDir: options.reportDir,
    language: options.language,
    signal: context.signal,
    onPortTaken: (what, wanted, got) => {
      context.stderr.write(`  ${texts.portBusy(what, wanted, got)}\n`);
    },
  };
  cluster.startWriter();
  const exporters = await during(progress, context.signal, texts.exporters, async (step) => {
    const running = await startExporters(site, started);
    step.done(running.map(({ url, samples }) => `${url} (${samples} ${texts.samples})`).join(', '));
    return running;
  });
  const config = await writeAuditConfig(site);
  const audit = await during(progress, context.signal, texts.audit, async (step) => {
    const since = Date.now();
    const spec = childSpec(site, 'audit-run', ['audit', 'run', '--config', config.file]);
    const { stdout, end } = await runChildProgram(spec, context.signal);
    assertAudited(end, spec.logFile, context.signal);
    const reports = reportsSince(options.reportDir, since);
    step.done();
    context.stdout.write(stdout);
    return { reports, end };
  });
  const serviceUrl = await during(progress, context.signal, texts.service, async (step) => {
    const url = await startAuditService(site, config, started);
    step.done(url);
    return url;
  });

  const files = { reports: audit.reports, evidence: join(options.reportDir, 'evidence', cluster.name) };
  if (options.once) {
    const none = { metrics: [], serviceUrl: undefined, commands: undefined, logDir: undefined };
    context.stdout.write(renderGuide({ ...none, ...files }, texts));
    return audit.end.code === exitCode.incomplete ? exitCode.incomplete : exitCode.ok;
  }
  const commands = {
    auditAgain: `node ${shortestPath(programs.entry)} audit run --config ${config.file}`,
    sql: `psql "${cluster.dsn(cluster.primary, 'monitor')}"`,
  };
  context.stdout.write(
    renderGuide({ metrics: exporters, serviceUrl, ...files, commands, logDir: logDirOf(cluster) }, texts),
  );
  context.stderr.write(`\n${texts.untilCtrlC(options.keep)}\n`);
  await watchRun({ nodes: cluster.nodes, programs: started, texts, stderr: context.stderr, signal: context.signal });
  return exitCode.ok;
}

async function startCluster(
  programs: QuickstartPrograms,
  options: QuickstartOptions,
  texts: QuickstartTexts,
  progress: Progress,
  context: CommandContext,
): Promise<DemoCluster> {
  return during(progress, context.signal, texts.cluster, async (step) => {
    try {
      const cluster = await startDemoCluster({
        firstPort: postgresPort,
        keep: options.keep,
        auditorGrants: programs.auditorGrants.map((grant) => grant.replaceAll('{role}', 'pgattest_auditor')),
        ...(options.dir === undefined ? {} : { dir: options.dir }),
        onStep: (name, instance) => {
          step.update([texts.clusterSteps[name], instance].filter((part) => part !== undefined).join(' '));
        },
      });
      const instances = cluster.nodes.map(({ name, host, port }) => `${name} ${host}:${port}`);
      step.done(`PostgreSQL ${cluster.serverVersion}, ${instances.join(', ')}`);
      for (const [index, { name, port }] of cluster.nodes.entries()) {
        const wanted = postgresPort + index;
        if (port !== wanted) context.stderr.write(`  ${texts.portBusy(name, wanted, port)}\n`);
      }
      return cluster;
    } catch (error) {
      if (error instanceof LabError && error.code === 'directory_unusable') {
        throw new RuntimeError('usage', error.message, { cause: error });
      }
      throw error;
    }
  });
}

function assertAudited(end: ChildEnd, logFile: string, signal: AbortSignal): void {
  signal.throwIfAborted();
  const { code } = end;
  if (code === exitCode.ok || code === exitCode.findings || code === exitCode.incomplete) return;
  throw new LabError('start_failed', `the audit ended with ${code ?? end.signal ?? 'no exit code'}; see ${logFile}`);
}

function readOptions({ options }: CommandContext): QuickstartOptions {
  const { once, keep, dir, report, lang } = options;
  return {
    once: once === true,
    keep: keep === true,
    dir: typeof dir === 'string' ? resolve(dir) : undefined,
    reportDir: resolve(typeof report === 'string' ? report : 'report'),
    language: lang === 'zh' ? 'zh' : 'en',
  };
}
