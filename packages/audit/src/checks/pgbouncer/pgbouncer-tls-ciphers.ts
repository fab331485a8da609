import { defineCheck } from '../../check.ts';
import { judgeTlsOffers } from '../tls-offers-verdict.ts';

export const pgbouncerTlsCiphers = defineCheck({
  id: 'pgbouncer-tls-ciphers',
  scope: 'pgbouncer',
  catalogue: ['TLS-003'],
  title: { en: 'PgBouncer declines weak cipher suites and curves', zh: 'PgBouncer 拒绝弱密码套件与弱曲线' },
  severity: 'medium',
  rationale: {
    en: 'Whoever sits in between makes both sides agree on the weakest suite that both accept, and what was recorded under a suite without forward secrecy opens with the key of the certificate.',
    zh: '中间人可迫使双方协商到共同接受的最弱套件；无前向保密的会话在证书私钥泄露后可被整体解密。',
  },
  remediation: {
    en: 'Set client_tls_ciphers to HIGH without aNULL, MD5, 3DES and kRSA, leave client_tls_ecdhcurve at auto, then RELOAD.',
    zh: '将 client_tls_ciphers 设为 HIGH 并排除 aNULL、MD5、3DES、kRSA，client_tls_ecdhcurve 保持 auto，然后执行 RELOAD。',
  },
  fix: ['client_tls_ciphers = HIGH:!aNULL:!MD5:!3DES:!kRSA', 'RELOAD'],
  needs: ['pgbouncer.tls-offers', 'pgbouncer.tls'],
  params: {},
  evaluate: ({ 'pgbouncer.tls-offers': offers, 'pgbouncer.tls': endpoint }) =>
    judgeTlsOffers(
      'pgbouncer.tls-offers',
      [{ name: 'PgBouncer', offers, usual: endpoint.offered ? endpoint.cipher : undefined }],
      {
        en: 'PgBouncer offers no TLS (pgbouncer-client-tls)',
        zh: 'PgBouncer 未启用 TLS，本项不适用（见 pgbouncer-client-tls）',
      },
    ),
});
