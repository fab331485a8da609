import { startHttpServer, type ListenAddress } from '@pgattest/runtime';
import { openProbeTargets } from './probe-targets.ts';
import { createProber, type Prober } from './prober.ts';
import { exporterRoutes } from './routes.ts';
import type { ExporterApplication, ServedExporter, ServingOptions } from './source-api.ts';

/** Longest scrape unless configured. */
export const defaultScrapeTimeoutMs = 10_000;

/**
 * Serves an exporter: metrics, /probe, health, /explain, /stat, /api/status, /version, /reload and the page at `/`, with
 * TLS and users of `webConfigFile`. Owns the source from here on: it is closed when serving fails, and by `close`.
 *
 * Errors: RuntimeError usage, config_invalid, file_unreadable, address_in_use, listen_failed.
 */
export async function serveExporter(
  application: ExporterApplication,
  options: ServingOptions,
  usual: ListenAddress,
): Promise<ServedExporter> {
  const { source, openTarget } = application;
  const { logger, probeTargetsFile, webConfigFile, portFallback } = options;
  let prober: Prober | undefined;
  const closeSources = async (): Promise<void> => {
    await Promise.all([source.close(), prober?.close()]);
  };
  const reload = async (): Promise<void> => {
    try {
      await source.reload();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.error('reload failed, nothing changed', { reason });
      throw error;
    }
    source.forget();
    prober?.forget();
    logger.info('reloaded');
  };
  try {
    if (probeTargetsFile !== undefined && openTarget !== undefined) {
      prober = createProber(await openProbeTargets(probeTargetsFile, logger), openTarget);
    }
    const server = await startHttpServer({
      listen: options.listen ?? [usual],
      inherited: options.inheritedSockets ?? [],
      ...(webConfigFile === undefined ? {} : { webConfigFile }),
      ...(portFallback === undefined ? {} : { portFallback }),
      routes: exporterRoutes({
        application,
        prober,
        telemetryPath: options.telemetryPath ?? '/metrics',
        scrapeTimeoutMs: options.scrapeTimeoutMs ?? defaultScrapeTimeoutMs,
        labels: options.labels ?? {},
        reloadOnGet: options.reloadOnGet === true,
        reload,
      }),
      logger,
    });
    return {
      addresses: server.addresses,
      isTls: server.isTls,
      reload,
      close: async () => {
        await server.close();
        await closeSources();
      },
    };
  } catch (error) {
    await closeSources();
    throw error;
  }
}
