import { createLogger, type CommandContext, type CommandSpec, type ExitCode } from '@pgattest/runtime';
import { collectorsFrom } from '../collector-source.ts';
import { readNamespace } from '../command-options.ts';
import { readLogOptions } from '../log-options.ts';
import { commaList, textOf, wholeNumber } from '../option-values.ts';
import { readServingOptions } from '../serving-options.ts';
import { readUrlOption, urlVariables } from '../url-option.ts';
import { warnOfVisiblePassword } from '../visible-password.ts';
import { pgbouncerExporterFlags, pgbouncerFlagNotes } from './flags.ts';
import type { PgbouncerExporterOptions } from './options.ts';
import { runPgbouncerExporter } from './run.ts';

interface Defaults {
  readonly listen: string;
  readonly url: string;
  readonly isLogLenient: boolean;
}

/** `pgattest exporter pgbouncer`: on loopback, and the console of the packaged PgBouncer, unless told otherwise. */
export const pgbouncerExporterCommand: CommandSpec = commandOf({
  listen: '127.0.0.1:9631',
  url: 'postgresql://:6432/pgbouncer',
  isLogLenient: false,
});

/** `pgbouncer_exporter`: the same with the defaults of the community's program, whose unit files know no other. */
export const pgbouncerExporterDropIn: CommandSpec = commandOf({
  listen: ':9127',
  url: 'postgres://postgres:@localhost:6543/pgbouncer?sslmode=disable',
  isLogLenient: true,
});

function commandOf(defaults: Defaults): CommandSpec {
  return {
    name: 'pgbouncer_exporter',
    summary: 'Serve the metrics of one PgBouncer',
    example: 'PGPASSFILE=~/.pgpass pgbouncer_exporter --url postgres://monitor@127.0.0.1:6432/pgbouncer',
    options: pgbouncerExporterFlags(defaults.listen),
    notes: pgbouncerFlagNotes,
    run: (context) => run(context, defaults),
  };
}

async function run(context: CommandContext, defaults: Defaults): Promise<ExitCode> {
  const read = await readPgbouncerOptions(context, defaults);
  const { level, format, ignored } = readLogOptions(context.options, defaults.isLogLenient);
  const logger = createLogger({ level, format, stream: context.stderr });
  for (const flag of ignored) logger.warn('unknown value, the default is taken', { flag });
  const path = textOf(context.options['config']);
  // The environment sets the option too, where the password is not visible.
  const given = context.options['pgBouncer.connectionString'];
  const isFromEnvironment = given === context.env['PGBOUNCER_EXPORTER_CONNECTION_STRING'];
  warnOfVisiblePassword([context.options['url'], isFromEnvironment ? undefined : given], logger);
  const isFile = path !== undefined && path !== 'builtin';
  return runPgbouncerExporter(
    { ...read, logger, ...(isFile ? { collectors: collectorsFrom(path, logger) } : {}) },
    context,
  );
}

/** Options of the exporter from a parsed command line, without the log. Errors: usage, config_invalid, file_unreadable. */
export async function readPgbouncerOptions(
  context: CommandContext,
  defaults: { readonly listen: string; readonly url: string },
): Promise<Omit<PgbouncerExporterOptions, 'logger' | 'collectors'>> {
  const { options, env } = context;
  const connectTimeoutMs = wholeNumber(options['connectTimeout'], '--connect-timeout');
  const pidFile = textOf(options['pgBouncer.pidFile']);
  const candidates = [
    { origin: '--url', text: textOf(options['url']) },
    { origin: '--pgBouncer.connectionString', text: textOf(options['pgBouncer.connectionString']) },
    ...urlVariables(env),
  ];
  const legacy = options['legacyNames'] === true ? ['pgbouncer_stats'] : [];
  return {
    url: await readUrlOption(candidates, env, defaults.url),
    env,
    ...readServingOptions(context, defaults),
    ...readNamespace(context),
    // As in the exporters we replace, no time at all means the default.
    ...(connectTimeoutMs > 0 ? { connectTimeoutMs } : {}),
    ...(pidFile === undefined || pidFile === '' ? {} : { pidFile }),
    disableCache: options['disableCache'] === true,
    disableIntro: options['disableIntro'] === true,
    failFast: options['failFast'] === true,
    tags: commaList(options['tag']),
    enabledCollectors: [...commaList(options['enableCollector']), ...legacy],
    disabledCollectors: commaList(options['disableCollector']),
    omitNullSamples: options['omitNullSamples'] === true,
    unknownColumns: options['unknownColumns'] === true,
    maxApplications: Math.max(0, wholeNumber(options['maxApplications'], '--max-applications')),
    maxSeries: Math.max(1, wholeNumber(options['maxClientSeries'], '--max-client-series')),
  };
}
