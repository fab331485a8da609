import type { Daemon } from '../daemon.ts';
import type { LabMaterials } from '../materials.ts';
import type { HttpAnswer } from '../stack-run.ts';
import { labPorts, type LabMember, type Topology } from '../topology.ts';
import { memberPaths } from './paths.ts';

/** One kind of exporter of ours. */
interface Exporter {
  readonly component: string;
  readonly port: number;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** A line of its metrics that says it can use what it observes. */
  readonly healthy: RegExp;
}

/** Our exporters of a member, as the user of the server and over its Unix socket, as in Pigsty. */
export function exporterDaemons(materials: LabMaterials, member: LabMember): readonly Daemon[] {
  return exportersOf(materials, member).map((exporter) => exporterDaemon(materials, member, exporter));
}

/** Ports of the exporters of a member. */
export function exporterPorts(topology: Topology, member: LabMember): readonly number[] {
  return [
    labPorts.pgExporter,
    labPorts.pgbouncerExporter,
    ...(hasRepositories(topology, member) ? [labPorts.pgbackrestExporter] : []),
  ];
}

/** The standby cluster makes no backups of its own. */
function hasRepositories({ options }: Topology, member: LabMember): boolean {
  return options.backup && member.cluster === options.cluster;
}

function exportersOf(materials: LabMaterials, member: LabMember): readonly Exporter[] {
  const { topology } = materials;
  const paths = memberPaths(materials, member.name);
  const urlOf = (port: number, database: string): string => {
    const url = new URL(`postgresql:///${database}`);
    url.searchParams.set('host', paths.sock);
    url.searchParams.set('port', String(port));
    url.searchParams.set('user', 'pgattest_monitor');
    url.searchParams.set('passfile', paths.passfile);
    return url.href;
  };
  const postgres = urlOf(labPorts.postgres, 'postgres');
  return [
    {
      component: 'pg-exporter',
      port: labPorts.pgExporter,
      args: ['exporter', 'pg'],
      env: { PG_EXPORTER_URL: postgres },
      healthy: /^pg_up(?:\{[^}]*\})? 1$/mu,
    },
    {
      component: 'pgbouncer-exporter',
      port: labPorts.pgbouncerExporter,
      args: ['exporter', 'pgbouncer', `--pgBouncer.pid-file=${paths.pgbouncer}/pgbouncer.pid`],
      env: { PG_EXPORTER_URL: urlOf(labPorts.pgbouncer, 'pgbouncer') },
      healthy: /^pgbouncer_up(?:\{[^}]*\})? 1$/mu,
    },
    ...(hasRepositories(topology, member)
      ? [
          {
            component: 'pgbackrest-exporter',
            port: labPorts.pgbackrestExporter,
            args: [
              'exporter',
              'backrest',
              `--backrest.config=${paths.pgbackrestConfig}`,
              `--backrest.binary=${materials.programs.pgbackrest}`,
              // Minutes would be kinder to a real repository; here things break by the second.
              '--collect.interval=15s',
              '--wal.interval=15s',
            ],
            env: { EXPORTER_PG_URL: postgres },
            healthy: /^pgbackrest_stanza_status\{[^}]*\} /mu,
          },
        ]
      : []),
  ];
}

function exporterDaemon(materials: LabMaterials, member: LabMember, exporter: Exporter): Daemon {
  const { component, port, args, env, healthy } = exporter;
  const listen = `${member.address}:${port}`;
  const url = `http://${listen}/metrics`;
  return {
    id: `${component}@${member.name}`,
    component,
    host: member.name,
    user: 'postgres',
    argv: [materials.programs.node, materials.entry, ...args, `--web.listen-address=${listen}`],
    env: { PATH: materials.path, LANG: 'C.UTF-8', ...env },
    directories: [],
    files: [],
    stopMs: 5_000,
    ready: async (run) => findExporterProblem(await run.http(url), url, healthy),
  };
}

/** Undefined when the exporter answers and can use what it observes. */
export function findExporterProblem(answer: HttpAnswer | undefined, url: string, healthy: RegExp): string | undefined {
  if (answer === undefined) return `the exporter does not answer at ${url}`;
  if (answer.status !== 200) return `the exporter answers ${answer.status} at ${url}`;
  return healthy.test(answer.body) ? undefined : `the exporter at ${url} cannot use what it observes yet`;
}
