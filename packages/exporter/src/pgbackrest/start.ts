import { serveExporter } from '../serve-exporter.ts';
import type { ServedExporter } from '../source-api.ts';
import type { BackrestExporterOptions } from './options.ts';
import { openBackrestSource } from './source.ts';

/**
 * Starts collecting from pgBackRest and serving what it says. A pgBackRest that is missing, fails or hangs is no error:
 * it is reported, and the exporter serves what it knows.
 *
 * Errors: RuntimeError usage, config_invalid, file_unreadable, address_in_use, listen_failed.
 */
export async function startBackrestExporter(options: BackrestExporterOptions): Promise<ServedExporter> {
  const source = await openBackrestSource(options);
  return serveExporter(
    {
      program: 'pgbackrest_exporter',
      source,
      healthLinks: [{ path: '/health', what: 'does pgBackRest answer; also /up /read /liveness /readiness' }],
      // A target is another configuration file on this host. What belongs to this one's own is not asked of it.
      openTarget: async (config) => {
        const { pgUrl: _, scheduleFile: __, drillFolder: ___, ...others } = options;
        return openBackrestSource({ ...others, config, logger: options.logger.child({ probe: true }) });
      },
    },
    options,
    { host: '127.0.0.1', port: 9854 },
  );
}
