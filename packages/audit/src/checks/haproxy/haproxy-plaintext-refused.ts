import { defineCheck } from '../../check.ts';
import { judgePlaintext } from '../login-verdict.ts';
import { judgeServiceLogins } from '../service-logins.ts';

export const haproxyPlaintextRefused = defineCheck({
  id: 'haproxy-plaintext-refused',
  scope: 'haproxy',
  catalogue: ['AUTH-018'],
  title: { en: 'No service of HAProxy takes unencrypted logins', zh: 'HAProxy 各服务均拒绝明文登录' },
  severity: 'high',
  rationale: {
    en: 'HAProxy passes TLS through: whether a client may begin without it is up to what stands behind the service.',
    zh: 'HAProxy 透传 TLS，客户端能否以明文登录取决于服务后端。',
  },
  remediation: {
    en: 'Use hostssl rules only, and client_tls_sslmode = require in PgBouncer.',
    zh: '仅使用 hostssl 规则，并在 PgBouncer 设置 client_tls_sslmode = require。',
  },
  fix: ['hostnossl all all all reject', 'client_tls_sslmode = require'],
  needs: ['haproxy.login-attempts'],
  params: {},
  evaluate: ({ 'haproxy.login-attempts': services }) =>
    judgeServiceLogins(services, judgePlaintext, (count) => ({
      en: `${count} services refuse an unencrypted login before any password`,
      zh: `${count} 个服务均在口令交换前拒绝明文登录`,
    })),
});
