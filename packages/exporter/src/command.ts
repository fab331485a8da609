import { once } from 'node:events';
import {
  createLogger,
  exitCode,
  formatListenAddress,
  type CommandContext,
  type CommandSpec,
  type ExitCode,
  type LogFormat,
  type Logger,
  type LogLevel,
} from '@pgattest/runtime';
import { collectorsFrom, createCollectorSource } from './collector-source.ts';
import { pgExporterFlags, readConfigPath, readPgExporterOptions } from './command-options.ts';
import { describeCollectors, explainInstance } from './explain.ts';
import type { PgExporterOptions } from './options.ts';
import { createCore, requireUp, startPgExporter } from './start.ts';
import { createTargetSource } from './target-source.ts';

/** `pg_exporter` and `pgattest exporter pg`: flags and environment of the program it replaces. */
export const pgExporterCommand: CommandSpec = {
  name: 'pg_exporter',
  summary: 'Serve the metrics of one PostgreSQL server',
  example: 'PG_EXPORTER_URL=postgres://monitor@127.0.0.1:5432/postgres pg_exporter --label cls=pg-test,ins=pg-test-1',
  options: pgExporterFlags,
  run: runPgExporter,
};

const reloadSignals = ['SIGHUP', 'SIGUSR1'] as const;

async function runPgExporter(context: CommandContext): Promise<ExitCode> {
  const read = await readPgExporterOptions(context);
  const logger = createLogger({
    level: levelOf(context.options['log.level']),
    format: formatOf(context.options['log.format']),
    stream: context.stderr,
  });
  const path = await readConfigPath(context);
  const options: PgExporterOptions = {
    ...read,
    logger,
    ...(path === undefined ? {} : { collectors: collectorsFrom(path, logger) }),
  };
  if (context.options['dryRun'] === true) {
    context.stdout.write(describeCollectors((await createCollectorSource(options)).current()));
    return exitCode.ok;
  }
  warnOfVisiblePassword(context.options['url'], logger);
  return context.options['explain'] === true ? explainOnce(options, context) : serve(options, context.signal);
}

async function explainOnce(options: PgExporterOptions, context: CommandContext): Promise<ExitCode> {
  const source = await createTargetSource(options.url, options.env);
  const collectors = await createCollectorSource(options);
  const core = await createCore(source, collectors, options, { report: () => {}, moved: () => {} });
  try {
    await requireUp(core.scraper, options);
    const known = core.latest();
    if (known === undefined) return exitCode.incomplete;
    context.stdout.write(explainInstance(known));
    return exitCode.ok;
  } finally {
    await core.close();
  }
}

async function serve(options: PgExporterOptions, signal: AbortSignal): Promise<ExitCode> {
  const exporter = await startPgExporter(options);
  const { logger } = options;
  // systemctl reload of the program we replace sends SIGHUP, which ends a Node process that does not listen for it;
  // SIGUSR1 would open a debugger. A reload that fails has been logged.
  const reload = (): void => {
    void exporter.reload().catch(() => {});
  };
  for (const name of reloadSignals) process.on(name, reload);
  try {
    logger.info('exporter serves', {
      addresses: exporter.addresses.map(formatListenAddress),
      tls: exporter.isTls,
    });
    if (!signal.aborted) await once(signal, 'abort');
    logger.info('exporter stops');
  } finally {
    for (const name of reloadSignals) process.off(name, reload);
    await exporter.close();
  }
  return exitCode.ok;
}

/** Arguments can be read by every user of the machine. */
function warnOfVisiblePassword(url: unknown, logger: Logger): void {
  if (typeof url !== 'string' || !/:\/\/[^/?@]*:[^/?]+@|\bpassword\s*=/i.test(url)) return;
  logger.warn('the password in --url is visible to every user of this machine; use PG_EXPORTER_URL_FILE or PGPASSFILE');
}

function levelOf(value: unknown): LogLevel {
  switch (value) {
    case 'debug':
    case 'warn':
    case 'error':
      return value;
    default:
      return 'info';
  }
}

function formatOf(value: unknown): LogFormat {
  return value === 'json' || value === 'pretty' ? value : 'logfmt';
}
