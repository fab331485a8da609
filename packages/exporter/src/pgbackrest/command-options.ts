import { backrestMetrics as catalog, type MetricRef } from '@pgattest/catalog';
import { findDurationMs, RuntimeError, type CommandContext, type Env } from '@pgattest/runtime';
import { readFile } from 'node:fs/promises';
import { textList, textOf, wholeNumber } from '../option-values.ts';
import { readServingOptions } from '../serving-options.ts';
import { checkArchiverUrl } from './archiver.ts';
import type { BackrestCommandDefaults } from './flags.ts';
import type { BackrestExporterOptions } from './options.ts';

/** Options of the exporter from a parsed command line, without the log. Errors: usage, config_invalid, file_unreadable. */
export async function readBackrestExporterOptions(
  context: CommandContext,
  defaults: BackrestCommandDefaults,
): Promise<Omit<BackrestExporterOptions, 'logger'>> {
  const { options, env } = context;
  const telemetryPath =
    textOf(options['web.telemetryPath']) ??
    textOf(options['web.endpoint']) ??
    nonEmpty(env['EXPORTER_TELEMETRY_PATH']) ??
    nonEmpty(env['EXPORTER_ENDPOINT']);
  const serving = readServingOptions(
    {
      ...context,
      options: { ...options, ...(telemetryPath === undefined ? {} : { 'web.telemetryPath': telemetryPath }) },
    },
    { listen: listenOf(defaults.listen, env) },
  );
  refuseTakenLabels(Object.keys(serving.labels ?? {}));
  const pgUrl = await readPgUrl(nonEmpty(textOf(options['pg.url'])), env);
  const walInterval = nonEmpty(textOf(options['wal.interval']));
  return {
    ...serving,
    env,
    ...optional('binary', nonEmpty(textOf(options['backrest.binary']))),
    ...optional('config', nonEmpty(textOf(options['backrest.config']))),
    ...optional('configIncludePath', nonEmpty(textOf(options['backrest.configIncludePath']))),
    ...optional('user', nonEmpty(textOf(options['backrest.user']))),
    stanzaInclude: wordsOf(options['backrest.stanzaInclude']),
    stanzaExclude: wordsOf(options['backrest.stanzaExclude']),
    ...optional('backupType', backupTypeOf(nonEmpty(textOf(options['backrest.backupType'])))),
    databaseCount: options['backrest.databaseCount'] === true,
    databaseParallelProcesses: parallelOf(options['backrest.databaseParallelProcesses']),
    databaseCountLatest: options['backrest.databaseCountLatest'] === true,
    referenceCount: options['backrest.referenceCount'] === true,
    verboseWal: options['backrest.verboseWal'] === true,
    isCollectorEnabled: options['collector.pgbackrest'] !== false,
    collectIntervalMs: atLeast(1000, durationOf(options['collect.interval'], '--collect.interval')),
    timeoutMs: atLeast(100, durationOf(options['backrest.timeout'], '--backrest.timeout')),
    ...(walInterval === undefined ? {} : { walIntervalMs: durationOf(walInterval, '--wal.interval') }),
    walGraceMs: durationOf(options['wal.grace'], '--wal.grace'),
    verifyIntervalMs: durationOf(options['verify.interval'], '--verify.interval'),
    verifyTimeoutMs: atLeast(100, durationOf(options['verify.timeout'], '--verify.timeout')),
    ...(pgUrl === undefined ? {} : { pgUrl }),
    ...optional('scheduleFile', nonEmpty(textOf(options['schedule.file']))),
    ...optional('drillFolder', nonEmpty(textOf(options['drill.certificates']))),
  };
}

/** A constant label must not appear twice on a series. */
function refuseTakenLabels(names: readonly string[]): void {
  const metrics: readonly MetricRef[] = Object.values(catalog).flatMap((group) => Object.values<MetricRef>(group));
  for (const name of names) {
    const taken = metrics.find(({ labels }) => labels.includes(name));
    if (taken === undefined) continue;
    throw new RuntimeError('usage', `--label ${name}: ${taken.name} has a label of that name; choose another`);
  }
}

/** The usual address, with the port that Pigsty writes into the environment file. */
function listenOf(usual: string, env: Env): string {
  const port = nonEmpty(env['EXPORTER_PORT']);
  if (port === undefined) return usual;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new RuntimeError('usage', `EXPORTER_PORT="${port}" is not a port; write a number such as 9854`);
  }
  return usual.replace(/\d+$/, port);
}

/** Seconds, as pgbackrest_exporter takes them, or a duration. */
function durationOf(value: unknown, flag: string): number {
  const text = textOf(value) ?? '0';
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : findDurationMs(text);
  if (ms === undefined || ms > 2 ** 31 - 1) {
    throw new RuntimeError(
      'usage',
      `${flag} "${text}" is no duration of at most 24 days; write seconds, 30s, 5m or 1h`,
    );
  }
  return ms;
}

function atLeast(least: number, value: number): number {
  return Math.max(least, value);
}

function parallelOf(value: unknown): number {
  const flag = '--backrest.database-parallel-processes';
  const number = wholeNumber(value, flag);
  if (number >= 1 && number <= 64) return number;
  throw new RuntimeError('usage', `${flag} "${number}" is not within 1 and 64`);
}

function backupTypeOf(text: string | undefined): string | undefined {
  if (text === undefined || ['full', 'diff', 'incr'].includes(text)) return text;
  throw new RuntimeError('usage', `--backrest.backup-type "${text}" is unknown; write full, diff or incr`);
}

/** The texts of a repeated option; an empty one is none, as the original's default is [""]. */
function wordsOf(value: unknown): readonly string[] {
  return textList(value).filter((word) => word !== '');
}

async function readPgUrl(flag: string | undefined, env: Env): Promise<string | (() => Promise<string>) | undefined> {
  const url = flag ?? nonEmpty(env['EXPORTER_PG_URL']);
  const file = nonEmpty(env['EXPORTER_PG_URL_FILE']);
  if (url === undefined && file === undefined) return undefined;
  const read = async (): Promise<string> => (url ?? (await readUrlFile(file ?? ''))).trim();
  try {
    await checkArchiverUrl(await read(), env);
  } catch (error) {
    if (error instanceof RuntimeError) throw error;
    const origin =
      flag === undefined ? (url === undefined ? `${file} (EXPORTER_PG_URL_FILE)` : 'EXPORTER_PG_URL') : '--pg.url';
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuntimeError('config_invalid', `cannot use ${origin}: ${reason}`, { cause: error });
  }
  return url === undefined ? read : url;
}

async function readUrlFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const what = `cannot read the URL from ${file} (EXPORTER_PG_URL_FILE): ${reason}; fix the path or its permissions`;
    throw new RuntimeError('file_unreadable', what, { cause: error });
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object of one computed key
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
}
