import { defineCheck } from '../../check.ts';
import { judgeTlsOffers } from '../tls-offers-verdict.ts';

export const patroniTlsCiphers = defineCheck({
  id: 'patroni-tls-ciphers',
  scope: 'patroni',
  catalogue: ['TLS-003'],
  title: { en: 'The REST API declines weak cipher suites and curves', zh: 'Patroni REST API 拒绝弱密码套件与弱曲线' },
  severity: 'medium',
  rationale: {
    en: 'Whoever sits in between makes both sides agree on the weakest suite that both accept, and what was recorded under a suite without forward secrecy opens with the key of the certificate.',
    zh: '中间人可迫使双方协商到共同接受的最弱套件；无前向保密的会话在证书私钥泄露后可被整体解密。',
  },
  remediation: {
    en: 'Set restapi.ciphers to HIGH without aNULL, MD5, 3DES and kRSA, and reload Patroni.',
    zh: '将 restapi.ciphers 设为 HIGH 并排除 aNULL、MD5、3DES、kRSA，然后重新加载 Patroni。',
  },
  fix: ['restapi: {ciphers: "HIGH:!aNULL:!MD5:!3DES:!kRSA"}', 'patronictl reload {cluster}'],
  needs: ['patroni.tls-offers', 'patroni.tls'],
  params: {},
  evaluate: ({ 'patroni.tls-offers': offers, 'patroni.tls': { tls } }) =>
    judgeTlsOffers('patroni.tls-offers', [{ name: 'Patroni', offers, usual: tls?.cipher }], {
      en: 'the REST API has no TLS (patroni-api-tls)',
      zh: 'REST API 未启用 TLS，本项不适用（见 patroni-api-tls）',
    }),
});
