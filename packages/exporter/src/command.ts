import {
  createLogger,
  exitCode,
  type CommandContext,
  type CommandSpec,
  type ExitCode,
  type Logger,
} from '@pgattest/runtime';
import { collectorsFrom, createCollectorSource } from './collector-source.ts';
import { readConfigPath, readPgExporterOptions } from './command-options.ts';
import { describeCollectors, explainInstance } from './explain.ts';
import { flagNotes, pgExporterFlags, type CommandDefaults } from './flags.ts';
import { readLogOptions } from './log-options.ts';
import type { PgExporterOptions } from './options.ts';
import { serveUntilStopped } from './serve-until-stopped.ts';
import { createCore, requireUp, startPgExporter } from './start.ts';
import { createTargetSource } from './target-source.ts';

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
  if (context.options['dryRun'] === true) {
    context.stdout.write(describeCollectors((await createCollectorSource(options)).current()));
    return exitCode.ok;
  }
  warnOfVisiblePassword(context.options['url'], logger);
  await warnOfPoolerName(options);
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

/** Arguments can be read by every user of the machine. */
function warnOfVisiblePassword(url: unknown, logger: Logger): void {
  if (typeof url !== 'string' || !/:\/\/[^/?@]*:[^/?]+@|\bpassword\s*=/i.test(url)) return;
  logger.warn('the password in --url is visible to every user of this machine; use PG_EXPORTER_URL_FILE or PGPASSFILE');
}

/** pg_exporter takes the name for a PgBouncer; here only --mode says so. */
async function warnOfPoolerName({ url, env, logger }: PgExporterOptions): Promise<void> {
  const { database } = await (await createTargetSource(url, env)).targetOf();
  if (database !== 'pgbouncer') return;
  logger.warn('database pgbouncer is taken for a PostgreSQL database; PgBouncer is not observed by this version');
}
