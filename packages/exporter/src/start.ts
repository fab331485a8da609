import {
  ConnectError,
  createPgPool,
  createLoginMemory,
  createSessionGate,
  type PgPool,
  type PgTarget,
  type LoginMemory,
  type SessionGate,
} from '@pgattest/connect';
import { createCollectorSource, type CollectorSource } from './collector-source.ts';
import { healthOfReport, startHealthMonitor, type HealthMonitor } from './health.ts';
import type { PgExporterOptions } from './options.ts';
import { createPgSource, type PgSourceOptions } from './pg-source.ts';
import { defaultExcludedDatabases } from './discovery.ts';
import { createInstanceScraper, type InstanceScraper } from './instance.ts';
import { createDatabaseScraper } from './scrape.ts';
import type { DatabaseScraper } from './scraper-api.ts';
import type { InstanceReport } from './scrape-report.ts';
import { defaultScrapeTimeoutMs, serveExporter } from './serve-exporter.ts';
import type { ExporterSource, MainSource, PageLink, ServedExporter } from './source-api.ts';
import { createStateLog } from './state-log.ts';
import { startTlsWatch } from './tls-watch.ts';
import { createTargetSource, type TargetSource } from './target-source.ts';
import { watchSource } from './watch-source.ts';

const applicationName = 'pg_exporter';
const defaultMs = { connect: 1000, query: 1000, health: 1000, scrape: defaultScrapeTimeoutMs } as const;
/** Less than the least budget of a collector, so that a lock is reported as a lock and not as a slow query. */
const lockTimeoutMs = 500;
const healthIntervalMs = 1000;
const defaultMaxSessions = 4;
const defaultMaxSeries = 100_000;
const poolMaxAgeMs = 600_000;
/**
 * Sessions on the given database are kept. Those on others are closed as soon as they have nothing to do: DROP DATABASE
 * waits at most five seconds for them, and then fails.
 */
const idleMs = { given: 120_000, discovered: 250 } as const;

/** The parts of an exporter before it serves. */
export interface PgExporterCore {
  readonly scraper: InstanceScraper;
  readonly latest: () => InstanceReport | undefined;
  readonly close: () => Promise<void>;
}

/**
 * Starts observing one PostgreSQL server and serving what it says. A server that cannot be reached is no error, unless
 * `failFast`: it is reported as `pg_up 0` and picked up when it comes.
 *
 * Errors: RuntimeError usage, config_invalid, file_unreadable, address_in_use, listen_failed; ConnectError config_invalid for a bad URL, and the reason
 * with `failFast`.
 */
export async function startPgExporter(options: PgExporterOptions): Promise<ServedExporter> {
  const collectors = await createCollectorSource(options);
  const speech = speechOf(options, performance.now());
  const openTarget = async (url: string): Promise<ExporterSource> => {
    const probed = { ...options, logger: options.logger.child({ probe: true }) };
    const on = { report: () => {}, moved: () => {} };
    const core = await createCore(await createTargetSource(url, options.env), collectors, probed, on);
    return createPgSource({ ...speech, scraper: core.scraper, latest: core.latest });
  };
  return serveExporter(
    { program: applicationName, source: await openMain(options, collectors, speech), healthLinks, openTarget },
    options,
    { host: '127.0.0.1', port: 9630 },
  );
}

const healthLinks: readonly PageLink[] = [
  { path: '/health', what: 'is the server up; also /up /read /liveness /readiness' },
  { path: '/primary', what: 'is it a primary; also /leader /master /read-write /rw' },
  { path: '/replica', what: 'is it a replica; also /standby /slave /read-only /ro' },
];

/** The server of /metrics: watched in the background too. */
async function openMain(options: PgExporterOptions, collectors: CollectorSource, speech: Speech): Promise<MainSource> {
  const source = await createTargetSource(options.url, options.env);
  const { logger } = options;
  let health: HealthMonitor | undefined;
  const healthTimeoutMs = options.healthTimeoutMs ?? defaultMs.health;
  const healthPool = createPool(options, {
    target: () => source.targetOf(),
    max: 1,
    connectTimeoutMs: healthTimeoutMs,
    idleMs: idleMs.given,
  });
  const core = await createCore(source, collectors, options, {
    report: ({ main }) => {
      const state = healthOfReport(main);
      if (state !== undefined) health?.set(state);
    },
    moved: () => void healthPool.renew(),
  });
  try {
    if (options.failFast === true) await requireUp(core.scraper, options);
  } catch (error) {
    await core.close();
    throw error;
  }
  const tls = startTlsWatch({
    target: () => source.targetOf(),
    timeoutMs: options.connectTimeoutMs ?? defaultMs.connect,
    onChange: (certificate) => logger.info('certificate looked at', { certificate }),
  });
  const monitor = startHealthMonitor({
    pool: healthPool,
    intervalMs: healthIntervalMs,
    timeoutMs: healthTimeoutMs,
    onChange: (state, before) => logger.info('health changed', { state, before }),
  });
  health = monitor;
  return {
    ...createPgSource({
      ...speech,
      scraper: core.scraper,
      latest: core.latest,
      tls: () => tls.state,
    }),
    health: () => monitor.state,
    reload: () => collectors.reload(),
    close: async () => {
      await Promise.all([monitor.close(), tls.close(), core.close()]);
    },
  };
}

type Speech = Pick<PgSourceOptions, 'namespace' | 'hasSelfMetrics' | 'startedMs'>;

/** How the exporter speaks of itself. */
function speechOf(options: PgExporterOptions, startedMs: number): Speech {
  return {
    namespace: options.namespace ?? 'pg',
    hasSelfMetrics: options.disableIntro !== true,
    startedMs,
  };
}

/** Scraper and sessions without anything that listens: what `--explain` and the service have in common. */
export async function createCore(
  source: TargetSource,
  collectors: CollectorSource,
  options: PgExporterOptions,
  on: { readonly report: (report: InstanceReport) => void; readonly moved: () => void },
): Promise<PgExporterCore> {
  let latest: InstanceReport | undefined;
  const { logger } = options;
  const maxSessions = options.maxSessions ?? defaultMaxSessions;
  const gate = createSessionGate(maxSessions);
  const logins = createLoginMemory();
  const log = createStateLog(logger);
  const clock = { monotonic: () => performance.now(), wall: () => Date.now() };
  const scraperOf = (database: string, isDiscovered: boolean): DatabaseScraper =>
    createDatabaseScraper({
      pool: createPool(options, {
        target: () => source.targetOf(isDiscovered ? database : undefined),
        gate,
        logins,
        max: isDiscovered ? 1 : maxSessions,
        // Of one session in all, the given database keeps none from the others.
        keepIdle: isDiscovered || maxSessions === 1 ? 0 : 1,
        connectTimeoutMs: options.connectTimeoutMs ?? defaultMs.connect,
        idleMs: isDiscovered ? idleMs.discovered : idleMs.given,
      }),
      database,
      isDiscovered,
      collectors: collectors.current,
      policy: {
        enabled: new Set(options.enabledCollectors),
        disabled: new Set(options.disabledCollectors),
        tags: new Set(options.tags),
      },
      factsTimeoutMs: options.queryTimeoutMs ?? defaultMs.query,
      minimumBudgetMs: options.queryTimeoutMs ?? defaultMs.query,
      maximumBudgetMs: options.scrapeTimeoutMs ?? defaultMs.scrape,
      rules: {
        maxSeries: options.maxSeriesPerCollector ?? defaultMaxSeries,
        omitsNull: options.omitNullSamples === true,
        keepsFractions: options.subSecondTimestamps === true,
      },
      isCacheDisabled: options.disableCache === true,
      clock,
    });
  const scraper = createInstanceScraper({
    main: scraperOf((await source.targetOf()).database, false),
    discovered: (database) => scraperOf(database, true),
    discovery:
      options.autoDiscovery === false
        ? undefined
        : {
            include: options.includeDatabases ?? [],
            exclude: options.excludeDatabases ?? defaultExcludedDatabases,
          },
    maxSessions,
    clock,
    hasMoved: watchSource(source, logger, on.moved),
    onDiscovery: (found, gone) => logger.info('databases discovered', { found: found.join(' '), gone: gone.join(' ') }),
    onSettled: (report) => {
      latest = report;
      log(report);
      on.report(report);
    },
  });
  return { scraper, latest: () => latest, close: () => scraper.close() };
}

/** Throws ConnectError with the reason when one scrape does not find the server up. */
export async function requireUp(scraper: InstanceScraper, options: PgExporterOptions): Promise<void> {
  const budgetMs = options.scrapeTimeoutMs ?? defaultMs.scrape;
  const report = await scraper.scrape({ budgetMs, signal: new AbortController().signal });
  const failure = report?.main.failure;
  if (failure === undefined) return;
  throw new ConnectError('unreachable', `server is not up (${failure.class}): ${failure.message}`);
}

interface PoolPlan {
  readonly target: () => Promise<PgTarget>;
  readonly gate?: SessionGate;
  readonly logins?: LoginMemory;
  readonly max: number;
  readonly keepIdle?: number;
  readonly connectTimeoutMs: number;
  readonly idleMs: number;
}

function createPool(options: PgExporterOptions, { connectTimeoutMs, logins, ...limits }: PoolPlan): PgPool {
  // The ceiling of every statement of the session; each one states its own, lower deadline.
  const statementTimeoutMs = Math.max(
    options.queryTimeoutMs ?? defaultMs.query,
    options.scrapeTimeoutMs ?? defaultMs.scrape,
  );
  return createPgPool({
    ...limits,
    options: {
      connectTimeoutMs,
      statementTimeoutMs,
      lockTimeoutMs,
      applicationName,
      ...(logins === undefined ? {} : { logins }),
    },
    maxAgeMs: poolMaxAgeMs,
  });
}
