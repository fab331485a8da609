import type { Daemon } from '../daemon.ts';
import { identityOf, type LabMaterials } from '../materials.ts';
import { labPorts } from '../topology.ts';
import { findHttpProblem } from './http-ready.ts';
import { monitorPaths } from './paths.ts';
import { renderYaml } from './yaml-text.ts';

/** `pgattest audit serve` over both clusters. Its configuration also serves `pgattest audit run --config`. */
export function auditorDaemon(materials: LabMaterials): Daemon {
  const { monitor } = materials.topology;
  const paths = monitorPaths(materials, monitor.name);
  const url = `http://${monitor.address}:${labPorts.auditor}`;
  return {
    id: `auditor@${monitor.name}`,
    component: 'auditor',
    host: monitor.name,
    user: 'root',
    argv: [materials.programs.node, materials.entry, 'audit', 'serve', '--config', paths.auditorConfig],
    env: { PATH: materials.path, LANG: 'C.UTF-8' },
    directories: [{ path: paths.auditor, mode: 0o700 }],
    files: [
      { path: paths.auditorConfig, content: renderAuditorConfig(materials), mode: 0o600, owner: 'root' },
      {
        path: paths.auditorPassfile,
        content: `*:*:*:pgattest_auditor:${materials.secrets.pgattest_auditor}\n`,
        mode: 0o600,
        owner: 'root',
      },
    ],
    stopMs: 15_000,
    ready: async (run) => findHttpProblem(run, `${url}/-/healthy`, 'the auditor is not listening yet'),
  };
}

/** audit.yml: every member, over TLS with its address checked. */
export function renderAuditorConfig(materials: LabMaterials): string {
  const { topology } = materials;
  const { monitor } = topology;
  const paths = monitorPaths(materials, monitor.name);
  const { authority } = identityOf(materials, monitor.name, 'root');
  const clusters = [topology.members, topology.standbyMembers].filter((members) => members.length > 0);
  return renderYaml({
    clusters: clusters.map((members) => ({
      name: members[0]?.cluster,
      instances: members.map(({ name, address }) => ({
        name,
        dsn: `host=${address} port=${labPorts.postgres} dbname=postgres user=pgattest_auditor sslmode=verify-full sslrootcert=${authority} passfile=${paths.auditorPassfile}`,
      })),
    })),
    evidence_dir: 'evidence',
    report_dir: 'reports',
    listen: `${monitor.address}:${labPorts.auditor}`,
    interval: '10m',
    header: { organisation: 'pgattest', system: 'lab' },
  });
}
