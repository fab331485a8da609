import { hostname } from 'node:os';
import { identityOf, type LabMaterials } from '../materials.ts';
import { labPorts, type LabMember } from '../topology.ts';
import { nodeFilesOf } from './auditor-nodes.ts';
import { etcdClientUrls } from './etcd.ts';
import { patroniNamespace } from './etcd-access.ts';
import { services } from './haproxy.ts';
import { monitorPaths } from './paths.ts';
import { renderYaml } from './yaml-text.ts';

/** Files of the auditor that hold a password, each 0600. */
export function auditorSecretFiles(materials: LabMaterials): {
  readonly passfile: string;
  readonly etcdPassword: string;
  readonly haproxyLogin: string;
} {
  const { auditor, auditorPassfile } = monitorPaths(materials, materials.topology.monitor.name);
  return {
    passfile: auditorPassfile,
    etcdPassword: `${auditor}/etcd.password`,
    haproxyLogin: `${auditor}/haproxy.login`,
  };
}

/** audit.yml: every component of the lab, over TLS with its address checked wherever it has TLS. */
export function renderAuditorConfig(materials: LabMaterials): string {
  const { topology } = materials;
  const { monitor, members, standbyMembers } = topology;
  const clusters = [members, standbyMembers].filter((list) => list.length > 0);
  return renderYaml({
    clusters: clusters.map((list) => clusterOf(materials, list)),
    evidence_dir: 'evidence',
    report_dir: 'reports',
    listen: `${monitor.address}:${labPorts.auditor}`,
    interval: '10m',
    header: { organisation: 'pgattest', system: 'lab' },
    params: {
      'node-listeners-expected': { expectedPorts: Object.values(labPorts).map(String) },
      // A network of namespaces: nobody else has a route to it.
      'node-ports-not-public': { privateNetworks: [`${topology.options.subnet}.0/24`] },
      // Whatever else the machine does writes to the same disk.
      'etcd-stable': { maxFsyncSeconds: 2 },
      // The standby cluster receives from the main one under the names of its members.
      ...(standbyMembers.length === 0
        ? {}
        : { 'cluster-members-declared': { known: standbyMembers.map(({ name }) => name) } }),
    },
  });
}

function clusterOf(materials: LabMaterials, members: readonly LabMember[]): Readonly<Record<string, unknown>> {
  const { topology } = materials;
  const { options, monitor } = topology;
  const { authority, clientCertificate, clientKey } = identityOf(materials, monitor.name, 'root');
  const { passfile, etcdPassword, haproxyLogin } = auditorSecretFiles(materials);
  const nodeOf = (host: string): Readonly<Record<string, string>> => ({
    facts: nodeFilesOf(materials, host).facts,
    // Hosts of the lab have a network of their own and no name: all bear that of the machine.
    host: hostname(),
  });
  const cluster = members[0]?.cluster;
  const isMain = cluster === options.cluster;
  const address = (port: number): string => `http://${monitor.address}:${port}`;
  return {
    name: cluster,
    members: members.map(({ name, address: host }) => ({
      name,
      dsn: `host=${host} port=${labPorts.postgres} dbname=postgres user=pgattest_auditor sslmode=verify-full sslrootcert=${authority} passfile=${passfile}`,
      patroni: { url: `http://${host}:${labPorts.patroni}` },
      pgbouncer: {
        dsn: `host=${host} port=${labPorts.pgbouncer} dbname=pgbouncer user=pgattest_monitor sslmode=verify-full sslrootcert=${authority} passfile=${passfile}`,
      },
      node: nodeOf(name),
    })),
    etcd: {
      members: etcdClientUrls(materials).map((url, index) => {
        const name = topology.etcd[index]?.name ?? '';
        return { name, url, ...(members.some((member) => member.name === name) ? {} : { node: nodeOf(name) }) };
      }),
      ca: authority,
      cert: clientCertificate,
      key: clientKey,
      user: cluster,
      password_file: etcdPassword,
      namespace: patroniNamespace,
    },
    ...(isMain
      ? {
          haproxy: [
            {
              name: monitor.name,
              stats: { url: address(labPorts.haproxy), credentials_file: haproxyLogin },
              services: services.map(({ name, port }) => ({
                name: `${options.cluster}-${name}`,
                role: name,
                host: monitor.address,
                port,
              })),
              node: nodeOf(monitor.name),
            },
          ],
        }
      : { absent: ['haproxy'] }),
    monitoring: {
      prometheus: { url: address(labPorts.victoriaMetrics) },
      ...(materials.rulesDirectory === undefined ? {} : { rules: { url: address(labPorts.vmalert) } }),
      alertmanager: { url: address(labPorts.alertmanager) },
    },
    records: { drill_dir: 'drills' },
  };
}
