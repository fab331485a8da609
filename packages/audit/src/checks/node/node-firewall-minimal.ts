import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { firewallEvidence } from '../firewall-evidence.ts';

export const nodeFirewallMinimal = defineCheck({
  id: 'node-firewall-minimal',
  scope: 'node',
  catalogue: ['NET-008'],
  title: { en: 'No firewall rule lets everything in', zh: '防火墙规则最小化' },
  severity: 'low',
  rationale: {
    en: 'One rule without a condition makes every rule after it a decoration.',
    zh: '一条无条件放行规则会使其后的规则全部失效。',
  },
  remediation: {
    en: 'Remove rules without conditions, duplicates, and ports that nothing listens on any more.',
    zh: '删除无条件、重复及已失效的规则。',
  },
  fix: ['nft -a list ruleset', 'nft delete rule {family} {table} {chain} handle {handle}'],
  needs: ['node.firewall'],
  params: { maxRules: 500 },
  evaluate({ 'node.firewall': firewall }, { maxRules }) {
    const shown = firewallEvidence(firewall);
    if (firewall.tool === null || firewall.inputs.length === 0) {
      return notApplicable(
        {
          en: 'this host has no firewall rules (node-firewall-default-deny)',
          zh: '本机无防火墙规则，本项不适用（见 node-firewall-default-deny）',
        },
        shown,
      );
    }
    const anyRule = firewall.inputs.filter(({ acceptsAny }) => acceptsAny);
    const total = firewall.inputs.reduce((sum, { rules }) => sum + rules, 0);
    return verdictOf({
      complaints: [
        ...anyRule.map(({ family }) =>
          complaint('warn', `a rule of family ${family} accepts everything`, `${family} 协议族存在全部放行规则`, shown),
        ),
        ...(total > maxRules
          ? [complaint('warn', `there are ${total} rules, more than anybody reads`, `规则数 ${total}，数量过多`, shown)]
          : []),
      ],
      good: { en: `each of ${total} rules has a condition`, zh: `${total} 条规则均有限定条件` },
      evidence: [shown],
    });
  },
});
