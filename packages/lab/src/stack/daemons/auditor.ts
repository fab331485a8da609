import type { Daemon } from '../daemon.ts';
import type { LabMaterials } from '../materials.ts';
import { labPorts } from '../topology.ts';
import { auditorSecretFiles, renderAuditorConfig } from './auditor-config.ts';
import { nodeFilesOf, nodePathsOf } from './auditor-nodes.ts';
import { findHttpProblem } from './http-ready.ts';
import { monitorPaths } from './paths.ts';
import { renderYaml } from './yaml-text.ts';

/** `pgattest audit serve` over both clusters. Its configuration also serves `pgattest audit run --config`. */
export function auditorDaemon(materials: LabMaterials): Daemon {
  const { secrets, topology } = materials;
  const { monitor } = topology;
  const paths = monitorPaths(materials, monitor.name);
  const url = `http://${monitor.address}:${labPorts.auditor}`;
  const { passfile, etcdPassword, haproxyLogin } = auditorSecretFiles(materials);
  const logins = (['pgattest_auditor', 'pgattest_monitor'] as const).map((role) => `*:*:*:${role}:${secrets[role]}`);
  return {
    id: `auditor@${monitor.name}`,
    component: 'auditor',
    host: monitor.name,
    user: 'root',
    argv: [materials.programs.node, materials.entry, 'audit', 'serve', '--config', paths.auditorConfig],
    env: { PATH: materials.path, LANG: 'C.UTF-8' },
    directories: [paths.auditor, `${paths.auditor}/nodes`, `${paths.auditor}/drills`].map((path) => ({
      path,
      mode: 0o700,
    })),
    files: [
      { path: paths.auditorConfig, content: renderAuditorConfig(materials), mode: 0o600, owner: 'root' },
      secretFile(passfile, logins.join('\n')),
      secretFile(etcdPassword, secrets.etcdPatroni),
      secretFile(haproxyLogin, `admin:${secrets.haproxyAdmin}`),
      ...nodePathsOf(materials).map(({ host, paths: nodePaths }): Daemon['files'][number] => ({
        path: nodeFilesOf(materials, host.name).paths,
        content: renderYaml(nodePaths),
        mode: 0o600,
        owner: 'root',
      })),
    ],
    stopMs: 15_000,
    ready: async (run) => findHttpProblem(run, `${url}/-/healthy`, 'the auditor is not listening yet'),
  };
}

const secretFile = (path: string, content: string): Daemon['files'][number] => ({
  path,
  content: `${content}\n`,
  mode: 0o600,
  owner: 'root',
});
