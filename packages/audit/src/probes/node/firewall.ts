import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';
import type { NodeAccess } from '../../node/access.ts';
import { parseIptables, parseNftRuleset, type InputPolicy } from '../../node/nft-ruleset.ts';

export interface Firewall {
  /** What answered; null when the host has none of those programs. */
  readonly tool: 'nft' | 'iptables' | null;
  /** Chains that see packets for this host. */
  readonly inputs: readonly InputPolicy[];
  /** `firewall-cmd --get-default-zone`, and sources of the zone `trusted`; null when firewalld does not run. */
  readonly firewalld: { readonly defaultZone: string; readonly trustedSources: readonly string[] } | null;
}

/** Rules of the host's own firewall for packets that arrive. */
export const nodeFirewall = defineProbe({
  id: 'node.firewall',
  subject: 'node',
  title: 'Input rules of the host firewall (nft, iptables, firewalld)',
  privilege: 'root: the kernel shows its rules to nobody else',
  grants: [],
  async collect({ node }): Promise<Firewall> {
    const nft = await node.run('nft', ['-j', 'list', 'ruleset']);
    if (nft !== undefined) {
      const inputs = nft.exitCode === 0 ? parseNftRuleset(nft.stdout) : undefined;
      if (inputs === undefined) throw refused('nft', node, nft.stderr);
      return { tool: 'nft', inputs, firewalld: await readFirewalld(node) };
    }
    const inputs: InputPolicy[] = [];
    let isThere = false;
    for (const [program, family] of [
      ['iptables-save', 'ip'],
      ['ip6tables-save', 'ip6'],
    ] as const) {
      const saved = await node.run(program, ['-t', 'filter']);
      if (saved === undefined) continue;
      isThere = true;
      if (saved.exitCode !== 0) throw refused(program, node, saved.stderr);
      inputs.push(...parseIptables(saved.stdout, family));
    }
    return { tool: isThere ? 'iptables' : null, inputs, firewalld: isThere ? await readFirewalld(node) : null };
  },
});

const refused = (program: string, node: NodeAccess, stderr: string): ConnectError =>
  new ConnectError(
    node.isRoot ? 'invalid_data' : 'permission_denied',
    `${program} did not list the rules: ${stderr.trim().split('\n', 1)[0] ?? ''}`,
  );

async function readFirewalld(node: NodeAccess): Promise<Firewall['firewalld']> {
  const zone = await node.run('firewall-cmd', ['--get-default-zone']);
  if (zone?.exitCode !== 0) return null;
  const zones = await node.run('firewall-cmd', ['--list-all-zones']);
  const trusted = /^trusted[^\n]*\n(?:[ \t]+[^\n]*\n)*?[ \t]+sources:(?<sources>[^\n]*)/m.exec(zones?.stdout ?? '');
  return {
    defaultZone: zone.stdout.trim(),
    trustedSources: (trusted?.groups?.['sources'] ?? '')
      .trim()
      .split(/\s+/)
      .filter((word) => word !== ''),
  };
}
