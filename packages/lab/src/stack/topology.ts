import { RuntimeError } from '@pgattest/runtime';
import type { LabOptions } from './options.ts';

/** One host of the lab: a network namespace, or just an address where namespaces are refused. */
export interface LabHost {
  /** `pg-test-1`, `etcd-1`, `mon`. */
  readonly name: string;
  readonly address: string;
}

/** A member of a Patroni cluster: name = `ins` = host name. */
export interface LabMember extends LabHost {
  readonly cluster: string;
  readonly sequence: number;
}

/** Everything that is in the lab, as data. */
export interface Topology {
  readonly options: LabOptions;
  /** Members of the main cluster, in sequence. */
  readonly members: readonly LabMember[];
  /** Members of the standby cluster, `<cluster>b`; the second one cascades from the first; empty without one. */
  readonly standbyMembers: readonly LabMember[];
  /** Hosts of their own; with two nodes the members' hosts themselves, and `arbiter` with `options.arbiter`. */
  readonly etcd: readonly LabHost[];
  /** HAProxy, monitoring, and every client command. */
  readonly monitor: LabHost;
}

/** Ports, the same on every host: those of the programs' own defaults and of Pigsty. */
export const labPorts = {
  postgres: 5432,
  pgbouncer: 6432,
  patroni: 8008,
  primary: 5433,
  replica: 5434,
  default: 5436,
  offline: 5438,
  haproxy: 9101,
  etcdClient: 2379,
  etcdPeer: 2380,
  etcdMetrics: 2381,
  pgExporter: 9630,
  pgbouncerExporter: 9631,
  pgbackrestExporter: 9854,
  auditor: 9855,
  victoriaMetrics: 8428,
  vmalert: 8880,
  alertmanager: 9093,
  webhook: 9098,
} as const;

/** What `lab up` makes when nothing is said: three nodes, asynchronous, Pigsty's default plan, everything on. */
export const defaultLabOptions: LabOptions = {
  name: 'lab',
  cluster: 'pg-test',
  major: 15,
  nodes: 3,
  arbiter: false,
  etcdMembers: 3,
  durability: 'oltp',
  failsafe: true,
  rto: 'norm',
  standbyCluster: undefined,
  backup: true,
  monitoring: true,
  isolation: 'namespaces',
  subnet: '198.51.100',
};

// Host part of the addresses: one range per kind, so that an address says what it is.
const hostParts = { monitor: 10, members: 11, etcd: 21, arbiter: 24, standby: 31 } as const;

/** The hosts that these options ask for. Errors: usage, naming the option that does not fit. */
export function buildTopology(options: LabOptions): Topology {
  assertConsistent(options);
  const at = (part: number): string => `${options.subnet}.${part}`;
  const membersOf = (cluster: string, count: number, first: number): readonly LabMember[] =>
    Array.from({ length: count }, (_, index) => ({
      name: `${cluster}-${index + 1}`,
      address: at(first + index),
      cluster,
      sequence: index + 1,
    }));
  const members = membersOf(options.cluster, options.nodes, hostParts.members);
  const etcd =
    options.nodes === 2
      ? [
          ...members.map(({ name, address }) => ({ name, address })),
          ...(options.arbiter ? [{ name: 'arbiter', address: at(hostParts.arbiter) }] : []),
        ]
      : Array.from({ length: options.etcdMembers }, (_, index) => ({
          name: `etcd-${index + 1}`,
          address: at(hostParts.etcd + index),
        }));
  return {
    options,
    members,
    standbyMembers: options.standbyCluster === undefined ? [] : membersOf(`${options.cluster}b`, 2, hostParts.standby),
    etcd,
    monitor: { name: 'mon', address: at(hostParts.monitor) },
  };
}

/** Every host once, in the order of the topology. */
export function hostsOf(topology: Topology): readonly LabHost[] {
  const all: readonly LabHost[] = [...topology.members, ...topology.standbyMembers, ...topology.etcd, topology.monitor];
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

/** The host of that name. Errors: usage, with the names there are. */
export function getHost(topology: Topology, name: string): LabHost {
  const hosts = hostsOf(topology);
  const host = hosts.find((one) => one.name === name);
  if (host === undefined) {
    throw new RuntimeError('usage', `the lab has no host ${name}; it has ${hosts.map((one) => one.name).join(', ')}`);
  }
  return host;
}

function assertConsistent(options: LabOptions): void {
  if (!/^[a-z][a-z0-9-]{0,19}$/u.test(options.cluster)) {
    wrong(`--cluster ${options.cluster}: use a lower-case letter, then up to 19 of a-z, 0-9 and -`);
  }
  if (['etcd', 'mon', 'arbiter'].includes(options.cluster)) {
    wrong(`--cluster ${options.cluster}: this is the name of other hosts of the lab; use another one`);
  }
  if (!/^\d{1,3}(?:\.\d{1,3}){2}$/u.test(options.subnet) || options.subnet.split('.').some((n) => Number(n) > 255)) {
    wrong(`--subnet ${options.subnet}: write the first three numbers of a /24, for example 198.51.100`);
  }
  if ((options.isolation === 'loopback') !== options.subnet.startsWith('127.')) {
    wrong(`--subnet ${options.subnet}: --isolation loopback needs 127.x.y, namespaces need any other network`);
  }
  if (options.arbiter && options.nodes !== 2) {
    wrong('--arbiter is for --nodes 2; more nodes have an etcd of their own');
  }
  if (options.nodes === 2 && options.etcdMembers !== (options.arbiter ? 3 : 2)) {
    wrong('with --nodes 2 etcd runs on the nodes and the arbiter; leave --etcd out');
  }
  if (options.nodes !== 2 && options.etcdMembers === 2) wrong('--etcd is 1 or 3');
}

function wrong(message: string): never {
  throw new RuntimeError('usage', message);
}
