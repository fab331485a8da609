import type { Daemon } from '../daemon.ts';
import type { LabMaterials } from '../materials.ts';
import { labPorts } from '../topology.ts';
import { findHttpProblem } from './http-ready.ts';
import { monitorPaths } from './paths.ts';

/** `pgattest lab webhook`, where the notifications of Alertmanager end. */
export function webhookDaemon(materials: LabMaterials): Daemon {
  const { monitor } = materials.topology;
  const paths = monitorPaths(materials, monitor.name);
  const listen = `${monitor.address}:${labPorts.webhook}`;
  const { node } = materials.programs;
  return {
    id: `webhook@${monitor.name}`,
    component: 'webhook',
    host: monitor.name,
    user: 'root',
    argv: [node, materials.entry, 'lab', 'webhook', '--listen', listen, '--file', paths.notifications],
    env: { PATH: materials.path, LANG: 'C.UTF-8' },
    directories: [{ path: paths.webhook, mode: 0o700 }],
    files: [],
    stopMs: 3_000,
    ready: async (run) => findHttpProblem(run, `http://${listen}/`, 'the webhook is not listening yet'),
  };
}
