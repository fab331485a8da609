import {
  createLogger,
  exitCode,
  type CommandContext,
  type CommandSpec,
  type Env,
  type ExitCode,
} from '@pgattest/runtime';
import { collectorsFrom, createCollectorSource } from './collector-source.ts';
import { readConfigPath, readMode, readPgExporterOptions } from './command-options.ts';
import { describeCollectors, explainInstance } from './explain.ts';
import { flagNotes, pgExporterFlags, type CommandDefaults } from './flags.ts';
import { readLogOptions } from './log-options.ts';
import type { PgExporterOptions } from './options.ts';
import { runPgbouncerExporter } from './pgbouncer/run.ts';
import { serveUntilStopped } from './serve-until-stopped.ts';
import { createCore, requireUp, startPgExporter } from './start.ts';
import { createTargetSource } from './target-source.ts';
import { warnOfVisiblePassword } from './visible-password.ts';

/** `pgattest exporter pg`: flags and environment of pg_exporter, on loopback unless told otherwise. */
export const pgExporterCommand: CommandSpec = commandOf({ listen: '127.0.0.1:9630', isLogLenient: false });

/** `pg_exporter`: the same with the defaults of the program it replaces, whose unit files know no other. */
export const pgExporterDropIn: CommandSpec = commandOf({ listen: ':9630', isLogLenient: true });

function commandOf(defaults: CommandDefaults): CommandSpec {
  return {
    name: 'pg_exporter',
    summary: 'Serve the metrics of one PostgreSQL server',
    example: 'PG_EXPORTER_URL=postgres://monitor@127.0.0.1:5432/postgres pg_exporter --label cls=pg-test,ins=pg-test-1',
    options: pgExporterFlags(defaults),
    notes: flagNotes,
    run: (context) => runPgExporter(context, defaults),
  };
}

async function runPgExporter(context: CommandContext, defaults: CommandDefaults): Promise<ExitCode> {
  const read = await readPgExporterOptions(context, defaults);
  const { level, format, ignored } = readLogOptions(context.options, defaults.isLogLenient);
  const logger = createLogger({ level, format, stream: context.stderr });
  for (const flag of ignored) logger.warn('unknown value, the default is taken', { flag });
  const path = await readConfigPath(context);
  const options: PgExporterOptions = {
    ...read,
    logger,
    ...(path === undefined ? {} : { collectors: collectorsFrom(path, logger) }),
  };
  warnOfVisiblePassword([context.options['url']], logger);
  if (await isPgbouncer(context, read.url, read.env)) return runPgbouncerExporter(options, context);
  if (context.options['dryRun'] === true) {
    context.stdout.write(describeCollectors((await createCollectorSource(options)).current()));
    return exitCode.ok;
  }
  if (context.options['explain'] === true) return explainOnce(options, context);
  return serveUntilStopped(await startPgExporter(options), context.signal, logger);
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

/** pg_exporter goes by the name of the database in the URL; --mode overrules it. */
async function isPgbouncer(context: CommandContext, url: PgExporterOptions['url'], env: Env): Promise<boolean> {
  const mode = readMode(context);
  if (mode !== 'auto') return mode === 'pgbouncer';
  return (await (await createTargetSource(url, env)).targetOf()).database === 'pgbouncer';
}
