import { defineCheck } from '../../check.ts';
import { judgeTlsOffers } from '../tls-offers-verdict.ts';

export const pgTlsCiphers = defineCheck({
  id: 'pg-tls-ciphers',
  catalogue: ['TLS-003'],
  title: { en: 'The server declines weak cipher suites and curves', zh: 'PostgreSQL 拒绝弱密码套件与弱曲线' },
  severity: 'medium',
  rationale: {
    en: 'Whoever sits in between makes both sides agree on the weakest suite that both accept, and what was recorded under a suite without forward secrecy opens with the key of the certificate.',
    zh: '中间人可迫使双方协商到共同接受的最弱套件；无前向保密的会话在证书私钥泄露后可被整体解密。',
  },
  remediation: {
    en: 'Set ssl_ciphers to HIGH without aNULL, MD5, 3DES and kRSA, and keep ssl_groups (ssl_ecdh_curve before version 18) at X25519 and prime256v1 or stronger.',
    zh: '将 ssl_ciphers 设为 HIGH 并排除 aNULL、MD5、3DES、kRSA；ssl_groups（18 之前为 ssl_ecdh_curve）使用 X25519、prime256v1 或更强曲线。',
  },
  fix: [`ALTER SYSTEM SET ssl_ciphers = 'HIGH:!aNULL:!MD5:!3DES:!kRSA'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.tls-offers', 'pg.tls-endpoint'],
  params: {},
  evaluate: ({ 'pg.tls-offers': offers, 'pg.tls-endpoint': endpoint }) =>
    judgeTlsOffers(
      'pg.tls-offers',
      [{ name: 'PostgreSQL', offers, usual: endpoint.offered ? endpoint.cipher : undefined }],
      { en: 'the server offers no TLS (pg-tls-enabled)', zh: '服务器未启用 TLS，本项不适用（见 pg-tls-enabled）' },
    ),
});
