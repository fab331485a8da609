import { createServer } from 'node:net';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { RuntimeError } from '@pgattest/runtime';
import { hostsOf, labPorts, type Topology } from './topology.ts';

/** A network that the machine knows: where, and from what. */
export interface KnownNetwork {
  readonly device: string;
  readonly network: string;
  readonly prefix: number;
}

/** Lines of /proc/net/route (IPv4, little-endian hexadecimal) as networks; the default route is none. */
export function parseRoutes(text: string): readonly KnownNetwork[] {
  return text.split('\n').flatMap((line) => {
    const [device = '', destination = '', , , , , , mask = ''] = line.split('\t').map((field) => field.trim());
    if (!/^[\dA-F]{8}$/u.test(destination) || !/^[\dA-F]{8}$/u.test(mask) || mask === '00000000') return [];
    const bits = Number.parseInt(mask, 16).toString(2).replaceAll('0', '').length;
    return [{ device, network: fromHex(destination), prefix: bits }];
  });
}

/** The first known network that shares an address with the /24 `subnet`, for example `198.51.100`. */
export function findConflict(subnet: string, known: readonly KnownNetwork[]): KnownNetwork | undefined {
  return known.find(({ network, prefix }) => {
    const size = Math.min(prefix, 24);
    return toNumber(`${subnet}.0`) >>> (32 - size) === toNumber(network) >>> (32 - size);
  });
}

/**
 * Refuses a subnet that the machine routes or has an address in: the lab's packets could not leave its namespaces
 * anyway, but a forgotten prefix on a command must not reach a real host. Errors: usage, naming the interface.
 */
export function assertSubnetIsOurs(topology: Topology): void {
  const { options } = topology;
  if (options.isolation === 'loopback') return;
  const addresses = Object.entries(networkInterfaces()).flatMap(([device, entries = []]) =>
    entries.flatMap(({ family, address, cidr }) =>
      family === 'IPv4' ? [{ device, network: address, prefix: Number(cidr?.split('/')[1] ?? 32) }] : [],
    ),
  );
  const conflict = findConflict(options.subnet, [
    ...parseRoutes(readFileSync('/proc/net/route', 'utf8')),
    ...addresses,
  ]);
  if (conflict === undefined) return;
  throw new RuntimeError(
    'usage',
    `--subnet ${options.subnet}: this machine already uses ${conflict.network}/${conflict.prefix} on ${conflict.device}; choose a network it does not know, for example 203.0.113`,
  );
}

/** On loopback the ports are the machine's own. Errors: usage, naming every address and port that is taken. */
export async function assertAddressesFree(topology: Topology): Promise<void> {
  if (topology.options.isolation !== 'loopback') return;
  const wanted = hostsOf(topology).flatMap(({ name, address }) =>
    portsOf(topology, name).map((port) => ({ address, port })),
  );
  const results = await Promise.all(wanted.map(async (one) => ((await canListen(one)) ? undefined : one)));
  const taken = results.flatMap((one) => (one === undefined ? [] : [`${one.address}:${one.port}`]));
  if (taken.length === 0) return;
  throw new RuntimeError(
    'usage',
    `the lab needs ${taken.join(', ')}, which other programs use; stop them, or choose another --subnet such as 127.0.9`,
  );
}

function portsOf(topology: Topology, host: string): readonly number[] {
  const { postgres, pgbouncer, patroni, etcdClient, etcdPeer, etcdMetrics, ...monitor } = labPorts;
  const isMember = [...topology.members, ...topology.standbyMembers].some(({ name }) => name === host);
  const isEtcd = topology.etcd.some(({ name }) => name === host);
  return [
    ...(isMember ? [postgres, pgbouncer, patroni, monitor.pgExporter, monitor.pgbouncerExporter] : []),
    ...(isEtcd ? [etcdClient, etcdPeer, etcdMetrics] : []),
    ...(host === topology.monitor.name ? Object.values(monitor) : []),
  ];
}

async function canListen(where: { readonly address: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ host: where.address, port: where.port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

function fromHex(text: string): string {
  return [6, 4, 2, 0].map((at) => Number.parseInt(text.slice(at, at + 2), 16)).join('.');
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
