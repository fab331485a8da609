import { defineCheck } from '../../check.ts';
import { judgeStranger } from '../login-verdict.ts';
import { judgeServiceLogins } from '../service-logins.ts';

export const haproxyLoginRefused = defineCheck({
  id: 'haproxy-login-refused',
  scope: 'haproxy',
  catalogue: ['AUTH-017'],
  title: { en: 'No service of HAProxy lets in who cannot prove who it is', zh: 'HAProxy 各服务均拒绝未通过鉴别的登录' },
  severity: 'critical',
  rationale: {
    en: 'What stands behind a service decides; whoever finds a service finds the weakest of its backends.',
    zh: '服务后端决定鉴别强度，任一薄弱后端都会经由服务暴露。',
  },
  remediation: {
    en: 'Mend the authentication of the listener behind the service: pg_hba.conf or auth_type of PgBouncer.',
    zh: '修正服务后端监听的鉴别配置：pg_hba.conf 或 PgBouncer 的 auth_type。',
  },
  fix: ['auth_type = scram-sha-256', 'host{…} {database} {user} {address} scram-sha-256'],
  needs: ['haproxy.login-attempts'],
  params: {},
  evaluate: ({ 'haproxy.login-attempts': services }) =>
    judgeServiceLogins(services, judgeStranger, (count) => ({
      en: `${count} services refuse an unknown role with a wrong password`,
      zh: `${count} 个服务均拒绝未知账号与错误口令`,
    })),
});
