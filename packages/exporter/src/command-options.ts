import { readFile } from 'node:fs/promises';
import { resolvePgTarget } from '@pgattest/connect';
import { RuntimeError, type CommandContext, type Env } from '@pgattest/runtime';
import { findCollectorConfig } from './config/index.ts';
import type { CommandDefaults } from './flags.ts';
import { commaList, textOf, wholeNumber } from './option-values.ts';
import type { PgExporterOptions } from './options.ts';
import { readServingOptions } from './serving-options.ts';

/** Options of the exporter from a parsed command line, without the log. Errors: usage, file_unreadable. */
export async function readPgExporterOptions(
  context: CommandContext,
  defaults: CommandDefaults,
): Promise<Omit<PgExporterOptions, 'logger' | 'collectors'>> {
  const { options, env } = context;
  refuseOtherModes(textOf(options['mode']) ?? 'postgres');
  const connectTimeoutMs = wholeNumber(options['connectTimeout'], '--connect-timeout');
  return {
    url: await getUrl(textOf(options['url']), env),
    env,
    ...readServingOptions(context, defaults),
    namespace: namespaceOf(textOf(options['namespace']) ?? 'pg'),
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

/**
 * The first URL given, checked here because only here its origin is known; its text may hold a password. The one of a
 * file is read again at every scrape.
 */
async function getUrl(flag: string | undefined, env: Env): Promise<string | (() => Promise<string>)> {
  const file = env['PG_EXPORTER_URL_FILE'];
  const given = [
    { origin: '--url', text: flag },
    { origin: 'PG_EXPORTER_URL', text: env['PG_EXPORTER_URL'] },
    { origin: 'PGURL', text: env['PGURL'] },
  ].find(({ text }) => text !== undefined && text.trim() !== '');
  // An empty URL leaves everything to the PG* variables and their defaults.
  if (given?.text === undefined && (file === undefined || file === '')) return 'postgresql://';
  const { origin, text } =
    given?.text === undefined
      ? { origin: `${file} (PG_EXPORTER_URL_FILE)`, text: await readUrlFile(file ?? '') }
      : { origin: given.origin, text: given.text };
  try {
    await resolvePgTarget(text.trim(), { env });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RuntimeError('config_invalid', `cannot use ${origin}: ${why}`, { cause: error });
  }
  return given?.text === undefined ? async () => (await readUrlFile(file ?? '')).trim() : text.trim();
}

async function readUrlFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const what = `cannot read the URL from ${file} (PG_EXPORTER_URL_FILE): ${why}; fix the path or its permissions`;
    throw new RuntimeError('file_unreadable', what, { cause: error });
  }
}

function refuseOtherModes(mode: string): void {
  if (mode === 'postgres') return;
  if (mode === 'pgbouncer') {
    const remedy = 'keep pg_exporter for it, or give the URL of a PostgreSQL database';
    throw new RuntimeError('usage', `--mode pgbouncer: PgBouncer is not observed by this version; ${remedy}`);
  }
  throw new RuntimeError('usage', `--mode "${mode}" is unknown; write postgres or pgbouncer`);
}

function namespaceOf(name: string): string {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) return name;
  throw new RuntimeError('usage', `--namespace "${name}" is no metric name; use letters, digits and _`);
}
