import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { loadedEvidence } from '../monitoring-evidence.ts';

export const monitoringLoginFailures = defineCheck({
  id: 'monitoring-login-failures',
  scope: 'monitoring',
  catalogue: ['MON-005'],
  title: { en: 'Bursts of failed logins raise an alert', zh: '登录失败激增会触发告警' },
  severity: 'high',
  rationale: {
    en: 'Guessing passwords shows in the log only; without a rule nobody looks while it goes on.',
    zh: '口令猜测只体现在日志中，没有告警规则则攻击期间无人关注。',
  },
  remediation: {
    en: 'Count failed logins from the logs of PostgreSQL and PgBouncer (log metric or log alert) and alert on bursts.',
    zh: '从 PostgreSQL 与 PgBouncer 日志统计登录失败（日志指标或日志告警）并对激增告警。',
  },
  fix: ['- alert: LoginFailures\n  expr: sum by (ins) (rate(pg_auth_failures_total[5m])) > 1'],
  needs: ['monitoring.rules'],
  params: { words: ['auth.*fail', 'fail.*auth', 'login.*fail', 'fail.*login', 'password authentication', 'no pg_hba'] },
  evaluate({ 'monitoring.rules': loaded }, { words }) {
    const pattern = new RegExp(words.join('|'), 'iu');
    const found = loaded.rules.filter(
      ({ kind, name, query }) => kind === 'alert' && (pattern.test(name) || pattern.test(query)),
    );
    const names = found.map(({ name }) => name);
    const broken = found.filter(({ health }) => health === 'err');
    return verdictOf({
      complaints:
        found.length === 0
          ? [complaint('fail', 'no loaded alert looks at failed logins', '没有针对登录失败的告警规则')]
          : broken.map(({ name }) => complaint('fail', `${name} fails at every evaluation`, `${name} 评估出错`)),
      good: { en: `${names.join(', ')} look at failed logins`, zh: `${names.join('、')} 监测登录失败` },
      evidence: [loadedEvidence(loaded, names, { en: 'an alert on failed logins, ok', zh: '登录失败告警且为 ok' })],
    });
  },
});
