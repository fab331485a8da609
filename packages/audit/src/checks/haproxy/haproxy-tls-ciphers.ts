import { defineCheck } from '../../check.ts';
import { judgeTlsOffers } from '../tls-offers-verdict.ts';

export const haproxyTlsCiphers = defineCheck({
  id: 'haproxy-tls-ciphers',
  scope: 'haproxy',
  catalogue: ['TLS-003'],
  title: {
    en: 'The ports of HAProxy decline weak cipher suites and curves',
    zh: 'HAProxy 各端口拒绝弱密码套件与弱曲线',
  },
  severity: 'medium',
  rationale: {
    en: 'Whoever sits in between makes both sides agree on the weakest suite that both accept, and what was recorded under a suite without forward secrecy opens with the key of the certificate.',
    zh: '中间人可迫使双方协商到共同接受的最弱套件；无前向保密的会话在证书私钥泄露后可被整体解密。',
  },
  remediation: {
    en: 'Where HAProxy ends TLS, set ssl-default-bind-ciphers and ssl-default-bind-curves; where it passes TLS through, mend PgBouncer or PostgreSQL behind it.',
    zh: 'HAProxy 终结 TLS 时设置 ssl-default-bind-ciphers 与 ssl-default-bind-curves；透传 TLS 时修正其后的 PgBouncer 或 PostgreSQL。',
  },
  fix: ['ssl-default-bind-ciphers HIGH:!aNULL:!MD5:!3DES:!kRSA', 'systemctl reload haproxy'],
  needs: ['haproxy.tls-offers', 'haproxy.service-tls'],
  params: {},
  evaluate: ({ 'haproxy.tls-offers': ports, 'haproxy.service-tls': services }) =>
    judgeTlsOffers(
      'haproxy.tls-offers',
      ports.map(({ name, offers }) => {
        const endpoint = services.find(({ service }) => service.name === name)?.endpoint;
        return { name, offers, usual: endpoint?.offered === true ? endpoint.cipher : undefined };
      }),
      { en: 'no port of HAProxy has TLS', zh: 'HAProxy 各端口均无 TLS，本项不适用' },
    ),
});
