import { defineProbe } from '../../probe.ts';
import { readYaml } from './read-yaml.ts';

export interface VipFact {
  /** What vip-manager is told; null without its configuration. */
  readonly manager: {
    readonly path: string;
    readonly ip: string;
    readonly interface: string;
    /** `/pg/pg-test/leader` */
    readonly triggerKey: string;
    /** Name of the member that owns the address while it leads. */
    readonly triggerValue: string;
  } | null;
  /** IPv4 addresses that this host answers for, sorted. */
  readonly addresses: readonly string[];
}

/** The virtual address of the cluster: who should have it, and who has it. */
export const nodeVip = defineProbe({
  id: 'node.vip',
  subject: 'node',
  title: 'Configuration of vip-manager without its secrets, and the IPv4 addresses of the host (/proc/net/fib_trie)',
  privilege: 'read vip-manager.yml on the node: its owner, its group, or root',
  grants: [],
  async collect({ node }): Promise<VipFact> {
    const path = node.paths.vipManagerConfig;
    const text = await node.readText(path);
    const addresses = parseLocalAddresses((await node.readText('/proc/net/fib_trie')) ?? '');
    if (text === undefined) return { manager: null, addresses };
    const settings = readYaml(text, path);
    const word = (name: string): string => {
      const value = settings[name];
      return typeof value === 'string' ? value : '';
    };
    return {
      manager: {
        path,
        ip: word('ip'),
        interface: word('interface'),
        triggerKey: word('trigger-key'),
        triggerValue: word('trigger-value'),
      },
      addresses,
    };
  },
});

/** Addresses that the kernel's routing trie marks as this host's own. */
export function parseLocalAddresses(trie: string): readonly string[] {
  const lines = trie.split('\n');
  const local = lines.flatMap((line, index) => {
    const address = /\|-- (\d+\.\d+\.\d+\.\d+)/u.exec(line)?.[1];
    return address !== undefined && /\/32 host LOCAL/u.test(lines[index + 1] ?? '') ? [address] : [];
  });
  return [...new Set(local)].toSorted();
}
