import { defineCheck, notApplicable } from '../../check.ts';
import { isLoopback, isWildcard } from '../../node/sockets.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { deniesByDefault, firewallEvidence } from '../firewall-evidence.ts';
import { nodeEvidence } from '../node-evidence.ts';

export const nodeSshSourcesLimited = defineCheck({
  id: 'node-ssh-sources-limited',
  scope: 'node',
  catalogue: ['NET-005'],
  title: { en: 'Administration comes from known addresses', zh: '管理终端接入地址受限' },
  severity: 'medium',
  rationale: {
    en: 'Level 3 asks that terminals managing over the network are limited by address, so that a stolen key is worth nothing elsewhere.',
    zh: '三级要求限定网络管理终端的接入方式或地址范围，使窃取的密钥在其他网络不可用。',
  },
  remediation: {
    en: 'Let sshd take connections from the bastion alone: AllowUsers name@address, a Match block, or a firewall rule.',
    zh: '限制 sshd 仅接受堡垒机连接：AllowUsers 用户@地址、Match Address 或防火墙规则。',
  },
  fix: ['sshd_config: AllowUsers *@{bastion address}', 'firewall-cmd --permanent --zone=public --remove-service=ssh'],
  needs: ['node.ssh-server', 'node.firewall', 'node.listeners'],
  params: {},
  evaluate({ 'node.ssh-server': server, 'node.firewall': firewall, 'node.listeners': listeners }) {
    const ssh = listeners.filter(({ process, port }) => process === 'sshd' || port === 22);
    const ports = nodeEvidence(
      'node.listeners',
      'sockets on port 22, as the kernel writes them',
      `cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk '$2 ~ /:0016$/ && $4 == "0A" { print $2 }' | LC_ALL=C sort -u`,
      [...new Set(ssh.filter(({ port }) => port === 22).map(({ raw }) => raw))].toSorted().join('\n'),
      { en: 'none, or limited addresses', zh: '无或受限地址' },
    );
    if (ssh.length === 0) {
      return notApplicable({ en: 'no SSH server listens on this host', zh: '本机无 SSH 监听，本项不适用' }, ports);
    }
    const allow = server.isInstalled ? (server.settings['allowusers'] ?? '') : '';
    const limitsUsers = allow !== '' && allow.split(' ').every((word) => word.includes('@'));
    const isLocal = ssh.every(({ address }) => isLoopback(address));
    const isEverywhere = ssh.some(({ address }) => isWildcard(address));
    const denies = deniesByDefault(firewall, 'ip');
    return verdictOf({
      complaints:
        isLocal || limitsUsers
          ? []
          : denies
            ? [
                complaint(
                  'warn',
                  'sshd limits no address; the firewall denies by default, see its rule for port 22',
                  'sshd 未限制来源地址；防火墙默认拒绝，应核实 22 端口规则',
                  firewallEvidence(firewall),
                ),
              ]
            : [
                complaint(
                  isEverywhere ? 'fail' : 'warn',
                  'anybody who reaches the host reaches sshd',
                  '任意来源可访问 SSH',
                  ports,
                ),
              ],
      good: { en: 'SSH takes known addresses only', zh: 'SSH 仅允许指定地址接入' },
      evidence: [ports],
    });
  },
});
