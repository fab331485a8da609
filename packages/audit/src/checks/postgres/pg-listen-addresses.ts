import { defineCheck, fail, pass, warn } from '../../check.ts';
import { nodeEvidence } from '../node-evidence.ts';
import { settingEvidence } from '../setting-evidence.ts';

export const pgListenAddresses = defineCheck({
  id: 'pg-listen-addresses',
  catalogue: ['NET-001'],
  title: { en: 'PostgreSQL listens where it must only', zh: 'PostgreSQL 仅监听必要地址' },
  severity: 'medium',
  rationale: {
    en: 'A server that listens everywhere is reachable through every network the host will ever be part of.',
    zh: '监听全部地址的服务可从主机接入的任何网络访问。',
  },
  remediation: {
    en: 'Name the addresses of the node and loopback in listen_addresses, or close the rest by a firewall that denies by default.',
    zh: '在 listen_addresses 中列出节点地址和环回地址，或以默认拒绝的防火墙限制其余来源。',
  },
  fix: ["ALTER SYSTEM SET listen_addresses = '{node address},127.0.0.1'", 'pigsty.yml: pg_listen: ${ip},${lo}'],
  needs: ['pg.settings', 'node.firewall'],
  params: {},
  evaluate({ 'pg.settings': settings, 'node.firewall': { tool, inputs } }) {
    const value = settings['listen_addresses']?.value ?? '';
    const shown = settingEvidence(settings, 'listen_addresses', { en: 'addresses of this node', zh: '本机具体地址' });
    const wildcards = value
      .split(',')
      .map((word) => word.trim())
      .filter((word) => ['*', '0.0.0.0', '::'].includes(word));
    if (wildcards.length === 0) {
      return pass(
        {
          en: `it listens on ${value === '' ? 'its socket only' : value}`,
          zh: `经核查，监听地址为 ${value === '' ? '仅本地套接字' : value}，符合要求`,
        },
        shown,
      );
    }
    const denies = inputs.some(({ isDefaultDeny, acceptsAny }) => isDefaultDeny && !acceptsAny);
    return denies
      ? warn(
          {
            en: `it listens on ${value}; the firewall of the host denies by default`,
            zh: `经核查，监听 ${value}，主机防火墙默认拒绝`,
          },
          shown,
        )
      : fail(
          {
            en: `it listens on ${value}, and no firewall of the host denies by default`,
            zh: `经核查，监听 ${value} 且主机防火墙未默认拒绝`,
          },
          shown,
          ...(tool === null
            ? [
                nodeEvidence('node.firewall', 'firewall programs', 'command -v nft iptables-save || true', '', {
                  en: 'one of them',
                  zh: '其一',
                }),
              ]
            : []),
        );
  },
});
