import { defineCheck } from '../../check.ts';
import { judgeTlsOffers } from '../tls-offers-verdict.ts';

export const etcdTlsCiphers = defineCheck({
  id: 'etcd-tls-ciphers',
  scope: 'etcd',
  catalogue: ['TLS-003'],
  title: { en: 'etcd declines weak cipher suites and curves', zh: 'etcd 拒绝弱密码套件与弱曲线' },
  severity: 'medium',
  rationale: {
    en: 'Whoever sits in between makes both sides agree on the weakest suite that both accept, and what was recorded under a suite without forward secrecy opens with the key of the certificate.',
    zh: '中间人可迫使双方协商到共同接受的最弱套件；无前向保密的会话在证书私钥泄露后可被整体解密。',
  },
  remediation: {
    en: 'Name suites with ECDHE and GCM in cipher-suites; etcd built with Go before 1.23 offers 3DES and RSA key transport to a certificate with an RSA key.',
    zh: '在 cipher-suites 中仅列出 ECDHE 与 GCM 套件；使用 Go 1.23 之前版本构建的 etcd 在 RSA 证书下会提供 3DES 与 RSA 密钥传输套件。',
  },
  fix: [
    'cipher-suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]',
    'systemctl restart etcd',
  ],
  needs: ['etcd.tls-offers', 'etcd.tls'],
  params: {},
  evaluate: ({ 'etcd.tls-offers': offers, 'etcd.tls': { tls } }) =>
    judgeTlsOffers('etcd.tls-offers', [{ name: 'etcd', offers, usual: tls?.cipher }], {
      en: 'the client port has no TLS (etcd-client-tls)',
      zh: '客户端端口未启用 TLS，本项不适用（见 etcd-client-tls）',
    }),
});
