import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { deniesByDefault, firewallEvidence } from '../firewall-evidence.ts';
import { nodeEvidence } from '../node-evidence.ts';

const wide = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '0.0.0.0/0'];

export const nodeFirewallDefaultDeny = defineCheck({
  id: 'node-firewall-default-deny',
  scope: 'node',
  catalogue: ['NET-002'],
  title: { en: 'The host firewall denies by default', zh: '主机防火墙启用且默认拒绝' },
  severity: 'high',
  rationale: {
    en: 'Rules that allow are only worth something where all else is refused.',
    zh: '仅在默认拒绝的前提下，放行规则才有意义。',
  },
  remediation: {
    en: 'Switch the firewall on with a policy that drops, and open the ports of the components to the addresses that need them.',
    zh: '启用防火墙并设置默认拒绝策略，仅向必要来源开放各组件端口。',
  },
  fix: ['systemctl enable --now firewalld', 'pigsty.yml: node_firewall_mode: zone'],
  needs: ['node.firewall'],
  params: {},
  evaluate({ 'node.firewall': firewall }) {
    const shown = firewallEvidence(firewall);
    const broad = (firewall.firewalld?.trustedSources ?? []).filter((source) => wide.includes(source));
    return verdictOf({
      complaints: deniesByDefault(firewall, 'ip')
        ? broad.length === 0
          ? []
          : [
              complaint(
                'warn',
                `the zone trusted holds ${broad.join(', ')}`,
                `trusted 区域包含 ${broad.join('、')}`,
                nodeEvidence(
                  'node.firewall',
                  'sources of the zone trusted',
                  'firewall-cmd --zone=trusted --list-sources',
                  (firewall.firewalld?.trustedSources ?? []).join(' '),
                  { en: 'addresses of the cluster', zh: '集群地址' },
                ),
              ),
            ]
        : [
            firewall.tool === null
              ? complaint('fail', 'this host has no program to set a firewall up with', '主机未安装防火墙工具', shown)
              : complaint('fail', 'packets that no rule names are let in', '未匹配规则的流量被放行', shown),
          ],
      good: { en: 'the firewall refuses what no rule allows', zh: '防火墙默认拒绝未放行流量' },
      evidence: [shown],
    });
  },
});
