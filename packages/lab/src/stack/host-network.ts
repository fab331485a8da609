import { LabError } from '../errors.ts';
import { runProgram } from './run-program.ts';
import { hostsOf, type Topology } from './topology.ts';

/** The network of the lab inside its namespaces: one per host, all plugged into one switch. */
export interface HostNetwork {
  /** Makes the namespaces, the switch and the cables; once. */
  create(): Promise<void>;
  setLink(host: string, state: 'up' | 'down'): Promise<void>;
  setBlackhole(from: string, to: string, state: 'on' | 'off'): Promise<void>;
  setRate(host: string, kilobitPerSecond: number | undefined): Promise<void>;
}

/** For a supervisor that runs in namespaces of its own; the monitoring host's namespace is the supervisor's. */
export function createHostNetwork(topology: Topology): HostNetwork {
  const hosts = hostsOf(topology);
  const monitor = topology.monitor.name;
  // Interface names have 15 characters at most: the port of a host on the switch goes by its place in the topology.
  const portOf = (name: string): string => {
    const index = hosts.findIndex((host) => host.name === name);
    if (index === -1) throw new LabError('start_failed', `the lab has no host ${name}`);
    return `port${index}`;
  };
  const inHost = (name: string): readonly string[] => (name === monitor ? [] : ['-n', name]);

  return {
    async create() {
      const lines = ['link add br0 type bridge', 'link set br0 up'];
      for (const { name, address } of hosts) {
        const port = portOf(name);
        if (name === monitor) lines.push(`link add eth0 type veth peer name ${port}`);
        else {
          await ip(['netns', 'add', name]);
          lines.push(`link add ${port} type veth peer name eth0 netns ${name}`);
        }
        lines.push(`link set ${port} master br0 up`);
        if (name === monitor) lines.push(`addr add ${address}/24 dev eth0`, 'link set eth0 up');
      }
      await ip(['-batch', '-'], `${lines.join('\n')}\n`);
      for (const { name, address } of hosts.filter((host) => host.name !== monitor)) {
        await ip(
          [...inHost(name), '-batch', '-'],
          `link set lo up\naddr add ${address}/24 dev eth0\nlink set eth0 up\n`,
        );
      }
    },
    async setLink(host, state) {
      await ip(['link', 'set', portOf(host), state]);
    },
    async setBlackhole(from, to, state) {
      const target = hosts.find(({ name }) => name === to);
      if (target === undefined) throw new LabError('start_failed', `the lab has no host ${to}`);
      const where = [...inHost(from), 'route'];
      if (state === 'on') await ip([...where, 'replace', 'blackhole', `${target.address}/32`]);
      else await ip([...where, 'del', 'blackhole', `${target.address}/32`], '', [2]);
    },
    async setRate(host, kilobitPerSecond) {
      const device = ['dev', portOf(host), 'root'];
      if (kilobitPerSecond === undefined) await tool('tc', ['qdisc', 'del', ...device], '', [2]);
      else {
        const shape = ['tbf', 'rate', `${kilobitPerSecond}kbit`, 'burst', '32kbit', 'latency', '400ms'];
        await tool('tc', ['qdisc', 'replace', ...device, ...shape], '', []);
      }
    },
  };
}

async function ip(args: readonly string[], input = '', accepted: readonly number[] = []): Promise<void> {
  await tool('ip', args, input, accepted);
}

/** `accepted`: exit codes besides 0 that mean "was so already". */
async function tool(
  name: 'ip' | 'tc',
  args: readonly string[],
  input: string,
  accepted: readonly number[],
): Promise<void> {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };
  const result = await runProgram({ argv: [name, ...args], env, cwd: '/', input, timeoutMs: 10_000 });
  if (result.code === 0 || (result.code !== undefined && accepted.includes(result.code))) return;
  throw new LabError('start_failed', `${name} ${args.join(' ')}: ${result.stderr.trim() || 'no end within 10 s'}`);
}
