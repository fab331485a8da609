import { RuntimeError, type CommandContext } from '@pgattest/runtime';
import { findCollectorConfig } from './config/index.ts';
import type { CommandDefaults } from './flags.ts';
import { commaList, textOf, wholeNumber } from './option-values.ts';
import type { PgExporterOptions } from './options.ts';
import { readServingOptions } from './serving-options.ts';
import { readUrlOption, urlVariables } from './url-option.ts';

/** Options of the exporter from a parsed command line, without the log. Errors: usage, file_unreadable. */
export async function readPgExporterOptions(
  context: CommandContext,
  defaults: CommandDefaults,
): Promise<Omit<PgExporterOptions, 'logger' | 'collectors'>> {
  const { options, env } = context;
  const connectTimeoutMs = wholeNumber(options['connectTimeout'], '--connect-timeout');
  return {
    url: await readUrlOption(
      [{ origin: '--url', text: textOf(options['url']) }, ...urlVariables(env)],
      env,
      'postgresql://',
    ),
    env,
    ...readServingOptions(context, defaults),
    ...readNamespace(context),
    // As in the exporter we replace, no time at all means the default.
    ...(connectTimeoutMs > 0 ? { connectTimeoutMs } : {}),
    disableCache: options['disableCache'] === true,
    disableIntro: options['disableIntro'] === true,
    failFast: options['failFast'] === true,
    maxSeriesPerCollector: Math.max(1, wholeNumber(options['maxSeries'], '--max-series')),
    autoDiscovery: options['autoDiscovery'] !== false,
    excludeDatabases: commaList(options['excludeDatabase']),
    includeDatabases: commaList(options['includeDatabase']),
    tags: commaList(options['tag']),
    enabledCollectors: commaList(options['enableCollector']),
    disabledCollectors: commaList(options['disableCollector']),
    omitNullSamples: options['omitNullSamples'] === true,
    subSecondTimestamps: options['subSecondTimestamps'] === true,
    maxSessions: Math.max(1, wholeNumber(options['maxSessions'], '--max-sessions')),
  };
}

/** Where collectors are read from: as given, else the first usual place that exists; undefined = the built-in ones. */
export async function readConfigPath({ options }: CommandContext): Promise<string | undefined> {
  const path = textOf(options['config']);
  if (path === 'builtin') return undefined;
  return path ?? findCollectorConfig();
}

/** What the server is: `auto` goes by the name of the database, as pg_exporter does. Errors: usage. */
export function readMode({ options }: CommandContext): 'auto' | 'postgres' | 'pgbouncer' {
  const mode = textOf(options['mode']) ?? 'auto';
  if (mode === 'auto' || mode === 'postgres' || mode === 'pgbouncer') return mode;
  throw new RuntimeError('usage', `--mode "${mode}" is unknown; write auto, postgres or pgbouncer`);
}

/** First word of the self metrics' names, where it was given. Errors: usage. */
export function readNamespace({ options }: CommandContext): { readonly namespace?: string } {
  const name = textOf(options['namespace']);
  if (name === undefined) return {};
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) return { namespace: name };
  throw new RuntimeError('usage', `--namespace "${name}" is no metric name; use letters, digits and _`);
}
