import type { Daemon } from '../daemon.ts';
import type { LabMaterials } from '../materials.ts';
import { labPorts, type Topology } from '../topology.ts';
import { findHttpProblem } from './http-ready.ts';
import { monitorPaths } from './paths.ts';
import { renderYaml } from './yaml-text.ts';

/** Alertmanager, which tells the webhook. */
export function alertmanagerDaemon(materials: LabMaterials): Daemon {
  const { monitor } = materials.topology;
  const paths = monitorPaths(materials, monitor.name);
  const listen = `${monitor.address}:${labPorts.alertmanager}`;
  return {
    id: `alertmanager@${monitor.name}`,
    component: 'alertmanager',
    host: monitor.name,
    user: 'root',
    argv: [
      materials.programs.alertmanager,
      `--config.file=${paths.alertmanagerConfig}`,
      `--storage.path=${paths.alertmanager}/data`,
      `--web.listen-address=${listen}`,
      // It would look for an address of the machine to gossip on.
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
    env: { PATH: materials.path, LANG: 'C.UTF-8' },
    directories: [{ path: paths.alertmanager, mode: 0o700 }],
    files: [
      {
        path: paths.alertmanagerConfig,
        content: renderAlertmanagerConfig(materials.topology),
        mode: 0o600,
        owner: 'root',
      },
    ],
    stopMs: 5_000,
    ready: async (run) => findHttpProblem(run, `http://${listen}/-/ready`, 'Alertmanager is not listening yet'),
  };
}

/** One route without delay: a notification per alert and instance. */
export function renderAlertmanagerConfig({ monitor }: Pick<Topology, 'monitor'>): string {
  return renderYaml({
    route: {
      receiver: 'webhook',
      group_by: ['alertname', 'cls', 'ins'],
      group_wait: '0s',
      group_interval: '1s',
      repeat_interval: '4h',
    },
    receivers: [
      {
        name: 'webhook',
        webhook_configs: [
          { url: `http://${monitor.address}:${labPorts.webhook}/`, send_resolved: true, max_alerts: 0 },
        ],
      },
    ],
  });
}
