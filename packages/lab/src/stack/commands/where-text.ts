import { hostsOf, labPorts, type Topology } from '../topology.ts';

/** What `lab up` says when it is done: who is where, and what to type next. */
export function renderWhere(topology: Topology, directory: string, seconds: number): string {
  const { options, members, monitor } = topology;
  const { name } = options;
  const suffix = name === 'lab' ? '' : ` --name ${name}`;
  const first = members[0]?.name ?? '';
  const width = Math.max(...hostsOf(topology).map((host) => host.name.length));
  const hosts = hostsOf(topology).map((host) => `  ${host.name.padEnd(width)}  ${host.address}`);
  return `${[
    `lab ${name} is up after ${seconds.toFixed(1)} s, in ${directory}`,
    '',
    ...hosts,
    '',
    `  pgattest lab status${suffix}`,
    `  pgattest lab sql${suffix} ${first} "SELECT * FROM pg_stat_replication"`,
    `  pgattest lab forward${suffix} ${monitor.name}:${labPorts.primary} ${monitor.name}:${labPorts.haproxy}`,
    `  pgattest lab break${suffix} --list`,
    `  pgattest lab down${suffix}`,
  ].join('\n')}\n`;
}
