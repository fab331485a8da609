import { readFile } from 'node:fs/promises';
import { resolvePgTarget } from '@pgattest/connect';
import { parseListenAddress, RuntimeError, type CommandContext, type Env, type OptionSpec } from '@pgattest/runtime';
import { findCollectorConfig } from './config/index.ts';
import { parseConstantLabels } from './constant-labels.ts';
import { defaultExcludedDatabases } from './discovery.ts';
import type { PgExporterOptions } from './options.ts';

/** Flags of pg_exporter as its users know them, and `--port-fallback`. */
export const pgExporterFlags: readonly OptionSpec[] = [
  {
    flags: '-u, --url <url>',
    summary: 'server to observe (env: PG_EXPORTER_URL, PGURL, or the file named by PG_EXPORTER_URL_FILE)',
  },
  {
    flags: '--web.listen-address <address...>',
    summary: 'where to serve, :9630 for every interface (default: "127.0.0.1:9630")',
  },
  {
    flags: '-P, --web.telemetry-path <path>',
    summary: 'path of the metrics',
    default: '/metrics',
    env: 'PG_EXPORTER_TELEMETRY_PATH',
  },
  { flags: '--port-fallback <n>', summary: 'try the next n ports when one is taken', default: '0' },
  {
    flags: '-l, --label <labels...>',
    summary: 'constant labels, for example cls=pg-demo,ins=pg-demo-1',
    env: 'PG_EXPORTER_LABEL',
  },
  {
    flags: '-n, --namespace <name>',
    summary: 'first word of self metrics',
    default: 'pg',
    env: 'PG_EXPORTER_NAMESPACE',
  },
  {
    flags: '-T, --connect-timeout <ms>',
    summary: 'deadline to open a session',
    default: '1000',
    env: 'PG_EXPORTER_CONNECT_TIMEOUT',
  },
  { flags: '-C, --disable-cache', summary: 'run every collector on every scrape', env: 'PG_EXPORTER_DISABLE_CACHE' },
  { flags: '--no-disable-cache', summary: 'replay fresh results (default)' },
  { flags: '-m, --disable-intro', summary: 'leave out the self metrics', env: 'PG_EXPORTER_DISABLE_INTRO' },
  { flags: '--no-disable-intro', summary: 'show the self metrics (default)' },
  { flags: '-f, --fail-fast', summary: 'do not start when the server is not up', env: 'PG_EXPORTER_FAIL_FAST' },
  { flags: '--no-fail-fast', summary: 'start and wait for the server (default)' },
  {
    flags: '--log.level <level>',
    summary: 'least level logged',
    default: 'info',
    choices: ['debug', 'info', 'warn', 'error'],
  },
  {
    flags: '--log.format <format>',
    summary: 'form of the log',
    default: 'logfmt',
    choices: ['logfmt', 'json', 'pretty'],
  },
  { flags: '-D, --dry-run', summary: 'print every collector and exit' },
  { flags: '-E, --explain', summary: 'connect, print what would run and what not, and exit' },
  {
    flags: '-a, --auto-discovery',
    summary: 'read the other databases of the server as well',
    default: true,
    env: 'PG_EXPORTER_AUTO_DISCOVERY',
  },
  { flags: '--no-auto-discovery', summary: 'read the database of the URL only' },
  {
    flags: '-x, --exclude-database <names>',
    summary: 'other databases that are not read, comma separated',
    default: defaultExcludedDatabases.join(','),
    env: 'PG_EXPORTER_EXCLUDE_DATABASE',
  },
  {
    flags: '-i, --include-database <names>',
    summary: 'the only other databases that are read, comma separated',
    env: 'PG_EXPORTER_INCLUDE_DATABASE',
  },
  {
    flags: '-t, --tag <tags>',
    summary: 'words that decide which collectors run here, comma separated',
    env: 'PG_EXPORTER_TAG',
  },
  {
    flags: '--enable-collector <ids>',
    summary: 'collectors to run that are off by default, comma separated',
    env: 'PG_EXPORTER_ENABLE_COLLECTOR',
  },
  {
    flags: '--disable-collector <ids>',
    summary: 'collectors not to run, comma separated',
    env: 'PG_EXPORTER_DISABLE_COLLECTOR',
  },
  { flags: '--max-sessions <n>', summary: 'sessions that may exist at once, health has one more', default: '4' },
  {
    flags: '-c, --config <path>',
    summary: 'collectors: a YAML file, a directory of them, or "builtin"',
    env: 'PG_EXPORTER_CONFIG',
  },
  { flags: '--web.config.file <file>', summary: 'TLS, client certificates, users, headers, rate limit' },
  { flags: '--probe.targets <file>', summary: 'servers that /probe?target=NAME may ask' },
  { flags: '--max-series <n>', summary: 'most series of one collector in one database', default: '100000' },
  { flags: '--web.get-reload', summary: 'take GET /reload for a reload, as pg_exporter does' },
  // Known to users of pg_exporter and not built: named here so that they are refused with a reason, never ignored.
  { flags: '--web.systemd-socket', summary: 'not available yet' },
];

const notBuilt: readonly { readonly option: string; readonly flag: string; readonly remedy: string }[] = [
  { option: 'web.systemdSocket', flag: '--web.systemd-socket', remedy: 'use --web.listen-address' },
];

/** Options of the exporter from a parsed command line, without the log. Errors: usage, file_unreadable. */
export async function readPgExporterOptions(
  context: CommandContext,
): Promise<Omit<PgExporterOptions, 'logger' | 'collectors'>> {
  const { options, env } = context;
  for (const { option, flag, remedy } of notBuilt) {
    if (options[option] !== undefined && options[option] !== false) {
      throw new RuntimeError('usage', `${flag} is not available yet; leave it out: ${remedy}`);
    }
  }
  const webConfigFile = textOf(options['web.config.file']) ?? textOf(options['web.configFile']);
  const probeTargetsFile = textOf(options['probe.targets']);
  const connectTimeoutMs = wholeNumber(options['connectTimeout'], '--connect-timeout');
  const addresses = textList(options['web.listenAddress']);
  return {
    url: await getUrl(textOf(options['url']), env),
    env,
    listen: addresses.length === 0 ? [{ host: '127.0.0.1', port: 9630 }] : addresses.map(parseListenAddress),
    portFallback: wholeNumber(options['portFallback'], '--port-fallback'),
    telemetryPath: textOf(options['web.telemetryPath']) ?? '/metrics',
    labels: parseConstantLabels(textList(options['label'])),
    namespace: namespaceOf(textOf(options['namespace']) ?? 'pg'),
    // As in the exporter we replace, no time at all means the default.
    ...(connectTimeoutMs > 0 ? { connectTimeoutMs } : {}),
    disableCache: options['disableCache'] === true,
    disableIntro: options['disableIntro'] === true,
    failFast: options['failFast'] === true,
    ...(webConfigFile === undefined || webConfigFile === '' ? {} : { webConfigFile }),
    ...(probeTargetsFile === undefined ? {} : { probeTargetsFile }),
    maxSeriesPerCollector: Math.max(1, wholeNumber(options['maxSeries'], '--max-series')),
    reloadOnGet: options['web.getReload'] === true,
    autoDiscovery: options['autoDiscovery'] !== false,
    excludeDatabases: commaList(options['excludeDatabase']),
    includeDatabases: commaList(options['includeDatabase']),
    tags: commaList(options['tag']),
    enabledCollectors: commaList(options['enableCollector']),
    disabledCollectors: commaList(options['disableCollector']),
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

function commaList(value: unknown): readonly string[] {
  return (textOf(value) ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function namespaceOf(name: string): string {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) return name;
  throw new RuntimeError('usage', `--namespace "${name}" is no metric name; use letters, digits and _`);
}

function wholeNumber(value: unknown, flag: string): number {
  const text = textOf(value) ?? '0';
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new RuntimeError('usage', `${flag} "${text}" is not a whole number`);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

function textList(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? [value] : [];
}
