import type { Daemon } from '../daemon.ts';
import type { LabMaterials } from '../materials.ts';
import { labPorts } from '../topology.ts';
import { findHttpProblem } from './http-ready.ts';

/** vmalert over the generated rules; recorded series go back to VictoriaMetrics. */
export function vmalertDaemon(materials: LabMaterials, rulesDirectory: string): Daemon {
  const { monitor } = materials.topology;
  const at = (port: number): string => `http://${monitor.address}:${port}`;
  return {
    id: `vmalert@${monitor.name}`,
    component: 'vmalert',
    host: monitor.name,
    user: 'root',
    argv: [
      materials.programs.vmalert,
      `-rule=${rulesDirectory}/*.yml`,
      `-datasource.url=${at(labPorts.victoriaMetrics)}`,
      `-remoteWrite.url=${at(labPorts.victoriaMetrics)}`,
      `-remoteRead.url=${at(labPorts.victoriaMetrics)}`,
      `-notifier.url=${at(labPorts.alertmanager)}`,
      `-httpListenAddr=${monitor.address}:${labPorts.vmalert}`,
      // For groups that name none; those of the repository say 10 s.
      '-evaluationInterval=2s',
      // Rules that read recorded series see those of the round before, not of five seconds ago.
      '-remoteWrite.flushInterval=500ms',
      '-loggerLevel=WARN',
    ],
    env: { PATH: materials.path, LANG: 'C.UTF-8' },
    directories: [],
    files: [],
    stopMs: 5_000,
    ready: async (run) => findHttpProblem(run, `${at(labPorts.vmalert)}/health`, 'vmalert is not listening yet'),
  };
}
