import type { Daemon } from '../daemon.ts';
import { identityOf, type LabMaterials } from '../materials.ts';
import { rtoPlans } from '../rto-plans.ts';
import type { StackRun } from '../stack-run.ts';
import { labPorts, type LabMember, type Topology } from '../topology.ts';
import { findHttpProblem } from './http-ready.ts';
import { parseServerStates, type ServerState } from './haproxy-states.ts';
import { monitorPaths } from './paths.ts';
import { reasonOf } from './run-or-throw.ts';

/** One of the four services of Pigsty; its proxy is `<cluster>-<name>`. */
export interface Service {
  readonly name: 'primary' | 'replica' | 'default' | 'offline';
  readonly port: number;
  /** Asked of Patroni. */
  readonly check: string;
  readonly target: number;
  /** Which members serve only while none of the others does; by their part in the inventory, not their role now. */
  readonly backup: readonly InventoryPart[];
}

type InventoryPart = 'primary' | 'replica' | 'offline';

/** Source: reference/pigsty/deployment.md sections 1 and 7. */
export const services: readonly Service[] = [
  { name: 'primary', port: labPorts.primary, check: '/primary', target: labPorts.pgbouncer, backup: [] },
  {
    name: 'replica',
    port: labPorts.replica,
    check: '/read-only',
    target: labPorts.pgbouncer,
    backup: ['primary', 'offline'],
  },
  { name: 'default', port: labPorts.default, check: '/primary', target: labPorts.postgres, backup: [] },
  {
    name: 'offline',
    port: labPorts.offline,
    check: '/replica',
    target: labPorts.postgres,
    backup: ['primary', 'replica'],
  },
];

/** HAProxy with the four services, its statistics and its Prometheus endpoint. */
export function haproxyDaemon(materials: LabMaterials): Daemon {
  const { monitor } = materials.topology;
  const paths = monitorPaths(materials, monitor.name);
  return {
    id: `haproxy@${monitor.name}`,
    component: 'haproxy',
    host: monitor.name,
    user: 'root',
    argv: [materials.programs.haproxy, '-f', paths.haproxyConfig, '-db'],
    env: { PATH: materials.path, LANG: 'C.UTF-8' },
    directories: [{ path: paths.haproxy, mode: 0o700 }],
    files: [{ path: paths.haproxyConfig, content: renderHaproxyConfig(materials), mode: 0o600, owner: 'root' }],
    stopMs: 3_000,
    ready: async (run) => findHaproxyProblem(materials, run),
  };
}

/** haproxy.cfg; the checks have the timing of the RTO plan. */
export function renderHaproxyConfig({
  topology,
  directory,
  secrets,
  separateUsers,
}: Pick<LabMaterials, 'topology' | 'directory' | 'secrets' | 'separateUsers'>): string {
  const { options, monitor } = topology;
  const { inter, fastinter, downinter, rise, fall } = rtoPlans[options.rto].haproxy;
  const address = monitor.address;
  const listeners = services.map((service) => [
    `listen ${options.cluster}-${service.name}`,
    `  bind ${address}:${service.port}`,
    '  mode tcp',
    '  option tcplog',
    '  balance leastconn',
    '  option httpchk',
    `  http-check send meth OPTIONS uri ${service.check}`,
    '  http-check expect status 200',
    `  default-server inter ${inter} fastinter ${fastinter} downinter ${downinter} rise ${rise} fall ${fall} on-marked-down shutdown-sessions slowstart 30s maxconn 3000 maxqueue 128 weight 100`,
    ...topology.members.map((member) => serverLine(topology, service, member)),
  ]);
  return [
    'global',
    // Two descriptors a connection; HAProxy does not start when the limit of the process (1024 in places) is below.
    '  maxconn 400',
    `  stats socket ${monitorPaths({ directory }, monitor.name).haproxySocket} mode 600 level admin`,
    '  log stdout format raw daemon info',
    // The package makes the account and the empty folder; who is not root can give nothing up.
    ...(separateUsers ? ['  user haproxy', '  group haproxy', '  chroot /var/lib/haproxy'] : []),
    '  nbthread 1',
    '',
    'defaults',
    '  log global',
    '  option redispatch',
    '  retries 3',
    '  timeout connect 3s',
    '  timeout queue 3s',
    '  timeout check 3s',
    '  timeout client 24h',
    '  timeout server 24h',
    '',
    'listen admin',
    `  bind ${address}:${labPorts.haproxy}`,
    '  mode http',
    '  timeout client 10s',
    '  no log',
    '  http-request use-service prometheus-exporter if { path /metrics }',
    '  stats enable',
    '  stats uri /',
    '  stats refresh 5s',
    `  stats auth admin:${secrets.haproxyAdmin}`,
    '',
    ...listeners.flatMap((lines) => [...lines, '']),
  ].join('\n');
}

/** The part a member has in the inventory: the first is made the primary, the last of three or more is offline. */
export function inventoryPart({ members }: Pick<Topology, 'members'>, { sequence }: LabMember): InventoryPart {
  if (sequence === 1) return 'primary';
  return members.length > 2 && sequence === members.length ? 'offline' : 'replica';
}

function serverLine(topology: Topology, service: Service, member: LabMember): string {
  const backup = service.backup.includes(inventoryPart(topology, member)) ? ' backup' : '';
  return `  server ${member.name} ${member.address}:${service.target} check port ${labPorts.patroni}${backup}`;
}

/** Ready: each service has a server, the two of the primary exactly one, and a client gets through to the primary. */
async function findHaproxyProblem(materials: LabMaterials, run: StackRun): Promise<string | undefined> {
  const { options, monitor } = materials.topology;
  const url = `http://${monitor.address}:${labPorts.haproxy}/metrics?scope=server`;
  const problem = await findHttpProblem(run, url, 'HAProxy is not listening yet');
  if (problem !== undefined) return problem;
  const answer = await run.http(url);
  const states = parseServerStates(answer?.body ?? '');
  for (const service of services) {
    const trouble = findServiceProblem(`${options.cluster}-${service.name}`, service, states);
    if (trouble !== undefined) return trouble;
  }
  return findClientProblem(materials, run);
}

/** What is wrong with the servers of a proxy; undefined = nothing. */
export function findServiceProblem(
  proxy: string,
  service: Pick<Service, 'check' | 'port'>,
  states: readonly ServerState[],
): string | undefined {
  const up = states.filter((state) => state.proxy === proxy && state.isUp).map(({ server }) => server);
  if (up.length === 0) return `service ${proxy} (port ${service.port}) has no server up yet (check ${service.check})`;
  if (service.check === '/primary' && up.length > 1) {
    // A server counts as up until its first check has failed.
    return `service ${proxy} still takes ${up.join(' and ')} for the primary: not all are checked yet`;
  }
  return undefined;
}

async function findClientProblem(materials: LabMaterials, run: StackRun): Promise<string | undefined> {
  const { monitor } = materials.topology;
  const result = await run.run(
    monitor.name,
    [`${materials.programs.postgresBin}/psql`, '-X', '-A', '-t', '-c', 'SELECT pg_is_in_recovery()'],
    {
      timeoutMs: 10_000,
      env: {
        PGHOST: monitor.address,
        PGPORT: String(labPorts.primary),
        PGUSER: 'app_rw',
        PGPASSWORD: materials.secrets.app_rw,
        PGDATABASE: 'app',
        // The certificate that answers is the one of the member behind the proxy, under the proxy's address.
        PGSSLMODE: 'verify-ca',
        PGSSLROOTCERT: identityOf(materials, monitor.name, 'root').authority,
        PGCONNECT_TIMEOUT: '5',
      },
    },
  );
  if (result.code !== 0) return `no client gets through port ${labPorts.primary} yet: ${reasonOf(result)}`;
  return result.stdout.trim() === 'f' ? undefined : `port ${labPorts.primary} still leads to a standby`;
}
