import { defineCheck } from '../../check.ts';
import { verdictOf } from '../complaints.ts';
import { judgeStranger } from '../login-verdict.ts';

export const pgLoginRefused = defineCheck({
  id: 'pg-login-refused',
  catalogue: ['AUTH-017'],
  title: { en: 'PostgreSQL refuses who cannot prove who it is', zh: 'PostgreSQL 拒绝未通过鉴别的登录' },
  severity: 'critical',
  rationale: {
    en: 'Rules are what was written; a refused login of a role that does not exist is what happens. Rules for named roles are judged elsewhere.',
    zh: '规则只说明配置意图，以不存在的账号实测登录被拒绝才说明实际效果；针对具体账号的规则由其他检查项判断。',
  },
  remediation: {
    en: 'Replace trust by scram-sha-256 in pg_hba.conf, and reload.',
    zh: '将 pg_hba.conf 中的 trust 改为 scram-sha-256 并重新加载。',
  },
  fix: ['host{…} {database} {user} {address} scram-sha-256', 'SELECT pg_reload_conf()'],
  needs: ['pg.login-attempts'],
  params: {},
  evaluate({ 'pg.login-attempts': login }) {
    const { complaints, unknown, evidence } = judgeStranger({
      fact: 'pg.login-attempts',
      login,
      name: '',
      host: '{host}',
      port: '{port}',
    });
    const good = { en: 'an unknown role with a wrong password is refused', zh: '未知账号与错误口令均被拒绝' };
    return verdictOf({ complaints, unknown, good, evidence: [evidence] });
  },
});
