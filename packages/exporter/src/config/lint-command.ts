import { postgresCollectors, type AnyCollector } from '@pgattest/catalog';
import { nameOfTarget, openPgSession, resolvePgTarget } from '@pgattest/connect';
import { exitCode, type CommandContext, type CommandSpec, type ExitCode } from '@pgattest/runtime';
import { checkCoverage, coverageOf } from './coverage.ts';
import { byPlace, type Diagnostic, type Place } from './diagnostic.ts';
import { dryRun, type DryRun } from './dry-run.ts';
import { countOf, renderLintJson, renderLintText, type LintReport } from './lint-report.ts';

/** `pgattest exporter pg lint`: what is wrong with collector files, before an exporter runs them. */
export const lintCommand: CommandSpec = {
  name: 'lint',
  summary: 'check collector files, and with --dsn their SQL against a server',
  example: 'pgattest exporter pg lint /etc/pg_exporter --dsn postgres://monitor@127.0.0.1:5432/postgres',
  arguments: [
    { syntax: '[path...]', summary: 'YAML files or directories, checked as one configuration; the built-ins without' },
  ],
  options: [
    { flags: '--dsn <dsn>', summary: 'let this server prepare each query: columns, types and privileges' },
    { flags: '-t, --tag <tags>', summary: 'with --dsn: words the exporter is given, separated by commas' },
    {
      flags: '--fail-on <severity>',
      summary: 'least severity that ends with 1',
      default: 'warning',
      choices: ['error', 'warning', 'note', 'never'],
    },
    { flags: '--json', summary: 'print one JSON document' },
    { flags: '--no-coverage', summary: 'leave out the table of versions' },
  ],
  run: runLint,
};

interface Subject {
  readonly collectors: readonly AnyCollector[];
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly string[];
  readonly places: ReadonlyMap<string, Place>;
}

async function runLint(context: CommandContext): Promise<ExitCode> {
  const { options, args, stdout } = context;
  const subject = await subjectOf(args);
  const live = typeof options['dsn'] === 'string' ? await tryServer(options['dsn'], subject, context) : undefined;
  const report: LintReport = {
    files: subject.files,
    branches: subject.collectors.reduce((sum, { variants }) => sum + variants.length, 0),
    diagnostics: [
      ...subject.diagnostics,
      ...checkCoverage(subject.collectors, subject.places),
      ...(live?.diagnostics ?? []),
    ].toSorted(byPlace),
    coverage: coverageOf(subject.collectors),
    ...(live === undefined ? {} : { dryRun: live }),
  };
  stdout.write(
    options['json'] === true ? renderLintJson(report) : renderLintText(report, options['coverage'] !== false),
  );
  if (report.diagnostics.some(({ code }) => code === 'unreadable')) return exitCode.usage;
  return hasFinding(report, options['failOn']) ? exitCode.findings : exitCode.ok;
}

async function subjectOf(paths: readonly string[]): Promise<Subject> {
  if (paths.length === 0) {
    const branches = postgresCollectors.flatMap(({ variants }) => variants.map(({ branch }) => branch));
    const place = { file: 'built-in', line: 1, column: 1 };
    const places = new Map(branches.map((branch) => [branch, place]));
    return { collectors: postgresCollectors, diagnostics: [], files: [], places };
  }
  const { loadCollectors } = await import('./load-collectors.ts');
  const loaded = await Promise.all(paths.map(loadCollectors));
  return {
    collectors: loaded.flatMap(({ collectors }) => collectors),
    diagnostics: loaded.flatMap(({ diagnostics }) => diagnostics),
    files: loaded.flatMap(({ files }) => files),
    places: new Map(loaded.flatMap(({ places }) => [...places])),
  };
}

async function tryServer(dsn: string, subject: Subject, { env, options, signal }: CommandContext): Promise<DryRun> {
  const target = await resolvePgTarget(dsn, { env });
  const limits = {
    connectTimeoutMs: 5000,
    statementTimeoutMs: 5000,
    lockTimeoutMs: 500,
    applicationName: 'pgattest_lint',
  };
  const session = await openPgSession(target, limits, signal);
  try {
    const tags = new Set(typeof options['tag'] === 'string' ? options['tag'].split(',') : []);
    const { collectors, places } = subject;
    return await dryRun({ session, collectors, places, target: nameOfTarget(target), tags, signal });
  } finally {
    await session.close();
  }
}

function hasFinding(report: LintReport, failOn: unknown): boolean {
  const levels = ['error', 'warning', 'note'] as const;
  const least = levels.findIndex((level) => level === failOn);
  return levels.some((level, index) => index <= least && countOf(report, level) > 0);
}
