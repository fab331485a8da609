import { postgresCollectors } from '@pgattest/catalog';
import { ConnectError, createPgPool, resolvePgTarget, type PgPool, type PgTarget } from '@pgattest/connect';
import { startHttpServer, version } from '@pgattest/runtime';
import { refuseLabelConflicts } from './constant-labels.ts';
import { healthOfReport, startHealthMonitor, type HealthMonitor } from './health.ts';
import type { PgExporter, PgExporterOptions } from './options.ts';
import { exporterRoutes } from './routes.ts';
import { createScraper, type Scraper } from './scrape.ts';
import type { ScrapeReport } from './scrape-report.ts';
import type { SelfContext } from './self-families.ts';
import { createStateLog } from './state-log.ts';

const applicationName = 'pg_exporter';
const defaultMs = { connect: 1000, query: 1000, health: 1000, scrape: 10_000 } as const;
/** Less than the least budget of a collector, so that a lock is reported as a lock and not as a slow query. */
const lockTimeoutMs = 500;
const healthIntervalMs = 1000;
const poolLife = { maxAgeMs: 600_000, idleMs: 120_000 } as const;

/** The parts of an exporter before it serves. */
export interface PgExporterCore {
  readonly scraper: Scraper;
  readonly latest: () => ScrapeReport | undefined;
  readonly close: () => Promise<void>;
}

/**
 * Starts observing one PostgreSQL server and serving what it says. A server that cannot be reached is no error, unless
 * `failFast`: it is reported as `pg_up 0` and picked up when it comes.
 *
 * Errors: RuntimeError usage, address_in_use, listen_failed; ConnectError config_invalid for a bad URL, and the reason
 * with `failFast`.
 */
export async function startPgExporter(options: PgExporterOptions): Promise<PgExporter> {
  const collectors = options.collectors ?? postgresCollectors;
  const labels = options.labels ?? {};
  const hasSelfMetrics = options.disableIntro !== true;
  refuseLabelConflicts(labels, collectors, hasSelfMetrics);
  const target = await resolvePgTarget(options.url, { env: options.env });
  const startedMs = performance.now();

  let health: HealthMonitor | undefined;
  const core = createCore(target, options, (report) => {
    const state = healthOfReport(report);
    if (state !== undefined) health?.set(state);
  });
  const close = async (): Promise<void> => {
    await Promise.all([health?.close(), core.close()]);
  };
  try {
    if (options.failFast === true) await requireUp(core.scraper, options);
    health = startHealthMonitor({
      pool: poolFor(target, options, 1, options.healthTimeoutMs ?? defaultMs.health),
      intervalMs: healthIntervalMs,
      timeoutMs: options.healthTimeoutMs ?? defaultMs.health,
      onChange: (state, before) => options.logger.info('health changed', { state, before }),
    });
    const reload = (): void => {
      core.scraper.forget();
      options.logger.info('reloaded');
    };
    const server = await startHttpServer({
      listen: options.listen ?? [{ host: '127.0.0.1', port: 9630 }],
      ...(options.portFallback === undefined ? {} : { portFallback: options.portFallback }),
      routes: exporterRoutes({
        scraper: core.scraper,
        health,
        latest: core.latest,
        telemetryPath: options.telemetryPath ?? '/metrics',
        scrapeTimeoutMs: options.scrapeTimeoutMs ?? defaultMs.scrape,
        labels,
        hasSelfMetrics,
        self: (budgetSeconds): SelfContext => ({
          configuredDatabase: target.database,
          namespace: options.namespace ?? 'pg',
          build: buildLabels(),
          uptimeSeconds: (performance.now() - startedMs) / 1000,
          budgetSeconds,
        }),
        reload,
      }),
      logger: options.logger,
    });
    return {
      addresses: server.addresses,
      reload,
      close: async () => {
        await server.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Scraper and sessions without anything that listens: what `--explain` and the service have in common. */
export function createCore(
  target: PgTarget,
  options: PgExporterOptions,
  onReport: (report: ScrapeReport) => void,
): PgExporterCore {
  let latest: ScrapeReport | undefined;
  const maxSessions = options.maxSessions ?? 3;
  const log = createStateLog(options.logger);
  const scraper = createScraper({
    pool: poolFor(target, options, maxSessions, options.connectTimeoutMs ?? defaultMs.connect),
    collectors: options.collectors ?? postgresCollectors,
    policy: { enabled: new Set(options.enabledCollectors), disabled: new Set(options.disabledCollectors) },
    maxSessions,
    factsTimeoutMs: options.queryTimeoutMs ?? defaultMs.query,
    minimumBudgetMs: options.queryTimeoutMs ?? defaultMs.query,
    isCacheDisabled: options.disableCache === true,
    clock: { monotonic: () => performance.now(), wall: () => Date.now() },
    onSettled: (report) => {
      latest = report;
      log(report);
      onReport(report);
    },
  });
  return { scraper, latest: () => latest, close: () => scraper.close() };
}

/** Throws ConnectError with the reason when one scrape does not find the server up. */
export async function requireUp(scraper: Scraper, options: PgExporterOptions): Promise<void> {
  const budgetMs = options.scrapeTimeoutMs ?? defaultMs.scrape;
  const report = await scraper.scrape({ budgetMs, signal: new AbortController().signal });
  if (report?.failure === undefined) return;
  throw new ConnectError('unreachable', `server is not up (${report.failure.class}): ${report.failure.message}`);
}

function poolFor(target: PgTarget, options: PgExporterOptions, max: number, connectTimeoutMs: number): PgPool {
  // The ceiling of every statement of the session; each one states its own, lower deadline.
  const budgetsMs = (options.collectors ?? postgresCollectors).map(({ timeoutSeconds }) => timeoutSeconds * 1000);
  const statementTimeoutMs = Math.max(options.queryTimeoutMs ?? defaultMs.query, ...budgetsMs);
  return createPgPool({
    target,
    options: { connectTimeoutMs, statementTimeoutMs, lockTimeoutMs, applicationName },
    max,
    ...poolLife,
  });
}

/** The contract's labels; what Go calls its names is what the exporter we replace puts there. */
function buildLabels(): Readonly<Record<string, string>> {
  return {
    version,
    revision: '',
    branch: '',
    builddate: '',
    goversion: `node${process.versions.node}`,
    goos: process.platform,
    goarch: process.arch,
  };
}
