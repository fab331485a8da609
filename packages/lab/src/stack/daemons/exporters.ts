import type { Daemon } from '../daemon.ts';
import type { LabMaterials } from '../materials.ts';
import { labPorts, type LabMember } from '../topology.ts';
import { memberPaths } from './paths.ts';

/** Ports of our exporters on every member. */
export const exporterTargets: readonly number[] = [labPorts.pgExporter];

/** Our exporters of a member, as the user of the server and over its Unix socket, as in Pigsty. */
export function exporterDaemons(materials: LabMaterials, member: LabMember): readonly Daemon[] {
  return [pgExporterDaemon(materials, member)];
}

function pgExporterDaemon(materials: LabMaterials, member: LabMember): Daemon {
  const paths = memberPaths(materials, member.name);
  const listen = `${member.address}:${labPorts.pgExporter}`;
  const url = new URL('postgresql:///postgres');
  url.searchParams.set('host', paths.sock);
  url.searchParams.set('port', String(labPorts.postgres));
  url.searchParams.set('user', 'pgattest_monitor');
  url.searchParams.set('passfile', paths.passfile);
  return {
    id: `pg-exporter@${member.name}`,
    component: 'pg-exporter',
    host: member.name,
    user: 'postgres',
    argv: [materials.programs.node, materials.entry, 'exporter', 'pg', `--web.listen-address=${listen}`],
    env: { PATH: materials.path, LANG: 'C.UTF-8', PG_EXPORTER_URL: url.href },
    directories: [],
    files: [],
    stopMs: 5_000,
    ready: async (run) => findExporterProblem(await run.http(`http://${listen}/metrics`), `http://${listen}/metrics`),
  };
}

/** Undefined when the exporter answers and says that its server is up. */
function findExporterProblem(
  answer: { readonly status: number; readonly body: string } | undefined,
  url: string,
): string | undefined {
  if (answer === undefined) return `the exporter does not answer at ${url}`;
  if (answer.status !== 200) return `the exporter answers ${answer.status} at ${url}`;
  return /^pg_up(?:\{[^}]*\})? 1$/mu.test(answer.body) ? undefined : `the exporter at ${url} cannot use its server yet`;
}
