import { defineCheck, notApplicable } from '../../check.ts';
import { isLoopback } from '../../node/sockets.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { deniesByDefault, firewallEvidence } from '../firewall-evidence.ts';
import { nodeEvidence } from '../node-evidence.ts';

export const nodeIpv6Covered = defineCheck({
  id: 'node-ipv6-covered',
  scope: 'node',
  catalogue: ['NET-007'],
  title: { en: 'IPv6 is under the same rules', zh: 'IPv6 受同等策略管控' },
  severity: 'low',
  rationale: {
    en: 'A port that rules for IPv4 close is open through IPv6 where nobody wrote the rules twice.',
    zh: '仅配置 IPv4 规则时，同一端口仍可通过 IPv6 访问。',
  },
  remediation: {
    en: 'Write rules for both families (table inet), or switch IPv6 off where it is not used.',
    zh: '为两个协议族配置规则（inet 表），不使用 IPv6 的应予关闭。',
  },
  fix: ['sysctl -w net.ipv6.conf.all.disable_ipv6=1'],
  needs: ['node.listeners', 'node.firewall', 'node.kernel'],
  params: {},
  evaluate({ 'node.listeners': listeners, 'node.firewall': firewall, 'node.kernel': { sysctl } }) {
    const off = sysctl['net.ipv6.conf.all.disable_ipv6'];
    const disabled = nodeEvidence(
      'node.kernel',
      'IPv6 disabled',
      'cat /proc/sys/net/ipv6/conf/all/disable_ipv6 2>/dev/null || true',
      off ?? '',
      { en: '1, or rules for it', zh: '1，或配置相应规则' },
    );
    const open = listeners.filter(
      ({ protocol, address }) => protocol === 'tcp6' && address.includes(':') && !isLoopback(address),
    );
    if (off === undefined || off === '1' || open.length === 0) {
      return notApplicable(
        off === '1' || off === undefined
          ? { en: 'this host has no IPv6', zh: '本机未启用 IPv6，本项不适用' }
          : { en: 'nothing listens on IPv6', zh: '无 IPv6 监听端口，本项不适用' },
        disabled,
      );
    }
    const ports = [...new Set(open.map(({ port }) => port))].toSorted((a, b) => a - b);
    const v4 = deniesByDefault(firewall, 'ip');
    const v6 = deniesByDefault(firewall, 'ip6');
    return verdictOf({
      complaints: v6
        ? []
        : [
            complaint(
              v4 ? 'fail' : 'warn',
              v4
                ? `ports ${ports.join(', ')} are open through IPv6 past the rules for IPv4`
                : `no rule covers IPv6 (ports ${ports.join(', ')}), nor IPv4`,
              v4 ? `端口 ${ports.join('、')} 可通过 IPv6 绕过 IPv4 规则` : `端口 ${ports.join('、')} 无任何防火墙规则`,
              disabled,
              firewallEvidence(firewall),
            ),
          ],
      good: { en: 'the firewall denies by default through IPv6 too', zh: '防火墙对 IPv6 同样默认拒绝' },
      evidence: [firewallEvidence(firewall)],
    });
  },
});
