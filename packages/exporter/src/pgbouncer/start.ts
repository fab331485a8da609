import { pgbouncerCollectors, type AnyCollector } from '@pgattest/catalog';
import { ConnectError, openPgbouncerConsole } from '@pgattest/connect';
import { createCollectorSource, type CollectorSource } from '../collector-source.ts';
import { defaultScrapeTimeoutMs, serveExporter } from '../serve-exporter.ts';
import type { ExporterSource, MainSource, PageLink, ServedExporter } from '../source-api.ts';
import { createStateLog } from '../state-log.ts';
import type { InstanceReport } from '../scrape-report.ts';
import { createTargetSource, type TargetSource } from '../target-source.ts';
import { startTlsWatch } from '../tls-watch.ts';
import { watchSource } from '../watch-source.ts';
import { startConsoleHealth, type ConsoleHealth } from './console-health.ts';
import { createConsoleKeeper, type ConsoleKeeper } from './console-keeper.ts';
import { createConsoleScraper, type ConsoleScraper } from './console-scraper.ts';
import { createConsoleSource } from './console-source.ts';
import type { PgbouncerExporterOptions } from './options.ts';

const applicationName = 'pgbouncer_exporter';
const defaultMs = { connect: 1000, command: 1000, health: 1000 } as const;
/** Whatever the URL says: a console has no other name. */
const consoleDatabase = 'pgbouncer';
const healthIntervalMs = 1000;
const defaultLimits = { applications: 20, series: 500 } as const;
/** Longest that one sample of a collector of a user may be repeated. */
const maxSeriesOfUsers = 100_000;

const healthLinks: readonly PageLink[] = [
  { path: '/health', what: 'does the console of PgBouncer answer; also /up /read /liveness /readiness' },
];

/** The parts of an exporter before it serves. */
export interface PgbouncerCore {
  readonly keeper: ConsoleKeeper;
  readonly scraper: ConsoleScraper;
  readonly latest: () => InstanceReport | undefined;
}

/**
 * Starts observing one PgBouncer and serving what its console says. One that cannot be reached is no error, unless
 * `failFast`: it is reported as `pgbouncer_up 0` and picked up when it comes.
 *
 * Errors: RuntimeError usage, config_invalid, file_unreadable, address_in_use, listen_failed; ConnectError
 * config_invalid for a bad URL, and the reason with `failFast`.
 */
export async function startPgbouncerExporter(options: PgbouncerExporterOptions): Promise<ServedExporter> {
  const collectors = await openPgbouncerCollectors(options);
  const startedMs = performance.now();
  const speech = {
    namespace: options.namespace ?? 'pgbouncer',
    hasSelfMetrics: options.disableIntro !== true,
    startedMs,
  };
  const openTarget = async (url: string): Promise<ExporterSource> => {
    const probed = { ...options, logger: options.logger.child({ probe: true }) };
    const source = await createTargetSource(url, options.env);
    return createConsoleSource({ ...speech, core: createPgbouncerCore(source, collectors, probed, () => {}) });
  };
  const source = await createTargetSource(options.url, options.env);
  let health: ConsoleHealth | undefined;
  const core = createPgbouncerCore(source, collectors, options, (report) => health?.note(report));
  if (options.failFast === true) {
    try {
      await requirePgbouncer(core, options);
    } catch (error) {
      await core.scraper.close();
      throw error;
    }
  }
  const tls = startTlsWatch({
    target: () => source.targetOf(consoleDatabase),
    timeoutMs: options.connectTimeoutMs ?? defaultMs.connect,
    onChange: (certificate) => options.logger.info('certificate looked at', { certificate }),
  });
  const monitor = startConsoleHealth({
    keeper: core.keeper,
    scraper: core.scraper,
    intervalMs: healthIntervalMs,
    timeoutMs: options.healthTimeoutMs ?? defaultMs.health,
    onChange: (state, before) => options.logger.info('health changed', { state, before }),
  });
  health = monitor;
  const { pidFile } = options;
  const observed = createConsoleSource({
    ...speech,
    core,
    tls: () => tls.state,
    ...(pidFile === undefined ? {} : { pidFile }),
  });
  const main: MainSource = {
    ...observed,
    health: () => monitor.state,
    reload: () => collectors.reload(),
    close: async () => {
      await Promise.all([monitor.close(), tls.close(), observed.close()]);
    },
  };
  return serveExporter({ program: applicationName, source: main, healthLinks, openTarget }, options, {
    host: '127.0.0.1',
    port: 9631,
  });
}

/** Built-in collectors, those of a user's file in the place of the ones with their id. Errors: those of reading. */
export function openPgbouncerCollectors(options: PgbouncerExporterOptions): Promise<CollectorSource> {
  const { collectors: given = [] } = options;
  const read = async (): Promise<readonly AnyCollector[]> => {
    const all = typeof given === 'function' ? await given() : given;
    const own = all.filter(({ source }) => source === 'pgbouncer');
    if (all.length > 0 && own.length === 0) {
      options.logger.warn('none of the collectors is for PgBouncer, the built-in ones run', { collectors: all.length });
    }
    const ids = new Set(own.map(({ id }) => id));
    return [...own, ...pgbouncerCollectors.filter(({ id }) => !ids.has(id))];
  };
  return createCollectorSource({ ...options, collectors: read });
}

/** Session and scraper without anything that listens: what `--explain` and the service have in common. */
export function createPgbouncerCore(
  source: TargetSource,
  collectors: CollectorSource,
  options: PgbouncerExporterOptions,
  onReport: (report: InstanceReport) => void,
): PgbouncerCore {
  let latest: InstanceReport | undefined;
  const log = createStateLog(options.logger);
  const clock = { monotonic: () => performance.now(), wall: () => Date.now() };
  const connectTimeoutMs = options.connectTimeoutMs ?? defaultMs.connect;
  const keeper = createConsoleKeeper({
    open: async (signal) =>
      openPgbouncerConsole(await source.targetOf(consoleDatabase), { connectTimeoutMs, applicationName }, signal),
    now: clock.monotonic,
  });
  const scraper = createConsoleScraper({
    keeper,
    collectors: collectors.current,
    policy: {
      enabled: new Set(options.enabledCollectors),
      disabled: new Set(options.disabledCollectors),
      tags: new Set(options.tags),
    },
    rules: {
      limits: {
        applications: options.maxApplications ?? defaultLimits.applications,
        series: options.maxSeries ?? defaultLimits.series,
      },
      conversion: { maxSeries: maxSeriesOfUsers, omitsNull: options.omitNullSamples === true },
      showsUnknown: options.unknownColumns === true,
    },
    commandTimeoutMs: options.commandTimeoutMs ?? defaultMs.command,
    isCacheDisabled: options.disableCache === true,
    clock,
    hasMoved: watchSource(source, options.logger, () => {}),
    onSettled: (report) => {
      latest = report;
      log(report);
      onReport(report);
    },
  });
  return { keeper, scraper, latest: () => latest };
}

/** Throws ConnectError with the reason when one scrape does not find PgBouncer up. */
export async function requirePgbouncer({ scraper }: PgbouncerCore, options: PgbouncerExporterOptions): Promise<void> {
  const budgetMs = options.scrapeTimeoutMs ?? defaultScrapeTimeoutMs;
  const report = await scraper.scrape({ budgetMs, signal: new AbortController().signal });
  const failure = report?.main.failure;
  if (failure === undefined) return;
  throw new ConnectError('unreachable', `PgBouncer is not up (${failure.class}): ${failure.message}`);
}
