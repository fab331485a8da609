import type { Daemon } from '../daemon.ts';
import type { LabMaterials } from '../materials.ts';
import { labPorts } from '../topology.ts';
import { findHttpProblem } from './http-ready.ts';
import { monitorPaths } from './paths.ts';
import { renderScrapeConfig } from './scrape-config.ts';

/** VictoriaMetrics, which scrapes everything in the lab itself. */
export function victoriaMetricsDaemon(materials: LabMaterials): Daemon {
  const { monitor } = materials.topology;
  const paths = monitorPaths(materials, monitor.name);
  const url = `http://${monitor.address}:${labPorts.victoriaMetrics}`;
  return {
    id: `victoria-metrics@${monitor.name}`,
    component: 'victoria-metrics',
    host: monitor.name,
    user: 'root',
    argv: [
      materials.programs.victoriaMetrics,
      `-storageDataPath=${paths.victoriaMetrics}/data`,
      `-httpListenAddr=${monitor.address}:${labPorts.victoriaMetrics}`,
      `-promscrape.config=${paths.scrapeConfig}`,
      // Months: half a year, which MLPS asks of records.
      '-retentionPeriod=7',
      '-memory.allowedBytes=256MB',
      // Fresh samples would stay hidden for 30 s, longer than most of what the lab is about.
      '-search.latencyOffset=0s',
      '-selfScrapeInterval=0',
      '-loggerLevel=WARN',
    ],
    env: { PATH: materials.path, LANG: 'C.UTF-8' },
    directories: [{ path: paths.victoriaMetrics, mode: 0o700 }],
    files: [{ path: paths.scrapeConfig, content: renderScrapeConfig(materials.topology), mode: 0o600, owner: 'root' }],
    stopMs: 5_000,
    ready: async (run) => findHttpProblem(run, `${url}/health`, 'VictoriaMetrics is not listening yet'),
  };
}
