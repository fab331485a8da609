import type { ShellEvidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import { nodeEvidence } from './node-evidence.ts';

type Firewall = FactMap['node.firewall'];

/** Which chains see packets for this host, with their policies; or that there is no program to ask. */
export function firewallEvidence({ tool, inputs }: Firewall): ShellEvidence {
  const expected = { en: 'an input chain that denies by default', zh: '默认拒绝的输入链' };
  if (tool === null) {
    return nodeEvidence('node.firewall', 'firewall programs', 'command -v nft iptables-save || true', '', expected);
  }
  const families = inputs.map(({ family, rules }) => `${family} ${rules}`).toSorted();
  return tool === 'nft'
    ? nodeEvidence(
        'node.firewall',
        'family and number of rules of each input chain',
        `nft -j list ruleset | jq -r '.nftables as $all | $all[] | .chain // empty | select(.hook == "input") | . as $c | select(.family == "ip" or .family == "ip6" or .family == "inet") | "\\($c.family) \\([$all[] | .rule // empty | select(.family == $c.family and .table == $c.table and .chain == $c.name)] | length)"' | LC_ALL=C sort`,
        families.join('\n'),
        expected,
      )
    : nodeEvidence(
        'node.firewall',
        'family and number of rules of the INPUT chains',
        `for p in iptables-save ip6tables-save; do command -v $p >/dev/null && $p -t filter | awk -v f=$([ $p = iptables-save ] && echo ip || echo ip6) '/^:INPUT/ { seen = 1 } /^-A INPUT/ { n++ } END { if (seen) print f, n + 0 }'; done | LC_ALL=C sort`,
        families.join('\n'),
        expected,
      );
}

/** Whether packets of a family are refused unless a rule lets them in. */
export const deniesByDefault = ({ inputs }: Firewall, family: 'ip' | 'ip6'): boolean =>
  inputs.some(
    (input) => (input.family === family || input.family === 'inet') && input.isDefaultDeny && !input.acceptsAny,
  );
