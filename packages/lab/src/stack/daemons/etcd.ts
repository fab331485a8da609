import type { Daemon } from '../daemon.ts';
import { hostDirectory, identityOf, type LabMaterials } from '../materials.ts';
import type { StackRun } from '../stack-run.ts';
import { labPorts, type LabHost } from '../topology.ts';
import { firstLine } from './http-ready.ts';
import { renderYaml } from './yaml-text.ts';

/** Every member of etcd: TLS with client certificates both for clients and between members. */
export function etcdDaemons(materials: LabMaterials): readonly Daemon[] {
  return materials.topology.etcd.map((host) => etcdDaemon(materials, host));
}

/** `https://198.51.100.21:2379` of every member. */
export function etcdClientUrls(materials: Pick<LabMaterials, 'topology'>): readonly string[] {
  return materials.topology.etcd.map(({ address }) => `https://${address}:${labPorts.etcdClient}`);
}

function etcdDaemon(materials: LabMaterials, host: LabHost): Daemon {
  const directory = `${hostDirectory(materials, host.name)}/etcd`;
  const config = `${directory}/etcd.yml`;
  return {
    id: `etcd@${host.name}`,
    component: 'etcd',
    host: host.name,
    user: 'etcd',
    argv: [materials.programs.etcd, '--config-file', config],
    // Debian builds etcd for arm64 too, where it asks to be told that this is meant.
    env: { PATH: materials.path, LANG: 'C.UTF-8', ETCD_UNSUPPORTED_ARCH: '' },
    directories: [
      { path: directory, mode: 0o700 },
      { path: `${directory}/data`, mode: 0o700 },
    ],
    files: [{ path: config, content: renderEtcdConfig(materials, host), mode: 0o600, owner: 'etcd' }],
    // With several members going down at once one may wait for a transfer of the leadership that cannot happen.
    stopMs: 2_000,
    ready: async (run) => findEtcdProblem(run, host),
  };
}

/** etcd.yml of a member, with the figures of Pigsty (reference/pigsty/deployment.md section 8) but a smaller quota. */
export function renderEtcdConfig(materials: LabMaterials, host: LabHost): string {
  const { topology } = materials;
  const files = identityOf(materials, host.name, 'etcd');
  const tls = {
    'cert-file': files.certificate,
    'key-file': files.key,
    'trusted-ca-file': files.authority,
  };
  const clientUrl = `https://${host.address}:${labPorts.etcdClient}`;
  return renderYaml({
    name: host.name,
    'data-dir': `${hostDirectory(materials, host.name)}/etcd/data`,
    'listen-client-urls': clientUrl,
    'advertise-client-urls': clientUrl,
    'listen-peer-urls': peerUrl(host),
    'initial-advertise-peer-urls': peerUrl(host),
    // Metrics and health stay readable without a certificate, as in most installations.
    'listen-metrics-urls': `http://${host.address}:${labPorts.etcdMetrics}`,
    'initial-cluster': topology.etcd.map((member) => `${member.name}=${peerUrl(member)}`).join(','),
    'initial-cluster-token': topology.options.name,
    'initial-cluster-state': 'new',
    'heartbeat-interval': 100,
    'election-timeout': 1000,
    'auto-compaction-mode': 'periodic',
    'auto-compaction-retention': '24h',
    'quota-backend-bytes': 1_073_741_824,
    // Off by default as soon as there is a configuration file; Patroni speaks through it.
    'enable-grpc-gateway': true,
    // A password is checked at every login of Patroni, which waits a second for it; the usual 10 takes longer on a busy
    // machine. The passwords are random and long: nobody guesses them however cheap a guess is.
    'bcrypt-cost': 4,
    logger: 'zap',
    'log-outputs': ['stderr'],
    'log-level': 'info',
    // A trusted authority alone makes client certificates required. client-cert-auth would also take their common name
    // for a login, and then the gateway that Patroni uses refuses every certificate that has one.
    'client-transport-security': tls,
    'peer-transport-security': { ...tls, 'client-cert-auth': true },
  });
}

function peerUrl({ address }: LabHost): string {
  return `https://${address}:${labPorts.etcdPeer}`;
}

async function findEtcdProblem(run: StackRun, { name, address }: LabHost): Promise<string | undefined> {
  const url = `http://${address}:${labPorts.etcdMetrics}/health`;
  const answer = await run.http(url, { timeoutMs: 5_000 });
  if (answer === undefined) return `etcd does not answer at ${url}`;
  if (answer.status === 200 && answer.body.includes('"true"')) return undefined;
  return `etcd on ${name} has no quorum yet or cannot write (${url}: ${answer.status} ${firstLine(answer.body)})`;
}
