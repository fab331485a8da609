import { defineCheck } from '../../check.ts';
import { verdictOf } from '../complaints.ts';
import { judgeStranger } from '../login-verdict.ts';

export const pgbouncerLoginRefused = defineCheck({
  id: 'pgbouncer-login-refused',
  scope: 'pgbouncer',
  catalogue: ['AUTH-017'],
  title: { en: 'PgBouncer refuses who cannot prove who it is', zh: 'PgBouncer 拒绝未通过鉴别的登录' },
  severity: 'critical',
  rationale: {
    en: 'Rules are what was written; a refused login of a role that does not exist is what happens. Rules for named roles are judged elsewhere.',
    zh: '规则只说明配置意图，以不存在的账号实测登录被拒绝才说明实际效果；针对具体账号的规则由其他检查项判断。',
  },
  remediation: {
    en: 'Set auth_type to scram-sha-256 or hba, never trust or any, and RELOAD.',
    zh: '将 auth_type 设为 scram-sha-256 或 hba，禁用 trust 与 any，并 RELOAD。',
  },
  fix: ['auth_type = scram-sha-256', 'RELOAD'],
  needs: ['pgbouncer.login-attempts'],
  params: {},
  evaluate({ 'pgbouncer.login-attempts': login }) {
    const { complaints, unknown, evidence } = judgeStranger({
      fact: 'pgbouncer.login-attempts',
      login,
      name: '',
      host: '{host}',
      port: '{port}',
    });
    const good = { en: 'an unknown role with a wrong password is refused', zh: '未知账号与错误口令均被拒绝' };
    return verdictOf({ complaints, unknown, good, evidence: [evidence] });
  },
});
