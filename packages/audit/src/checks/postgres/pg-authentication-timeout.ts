import { defineCheck } from '../../check.ts';
import { judgeSettings } from '../setting-verdict.ts';

export const pgAuthenticationTimeout = defineCheck({
  id: 'pg-authentication-timeout',
  catalogue: ['AUTH-013'],
  title: { en: 'A login attempt must finish in time', zh: '登录鉴别过程设有时限' },
  severity: 'medium',
  rationale: {
    en: 'A connection that never finishes its login holds a slot; enough of them lock everybody out.',
    zh: '长时间不完成鉴别的连接会占用连接资源，大量此类连接将导致正常用户无法登录。',
  },
  remediation: {
    en: 'Set authentication_timeout to a minute or less on every member.',
    zh: '在所有成员上将 authentication_timeout 设为 60 秒及以内。',
  },
  fix: [`ALTER SYSTEM SET authentication_timeout = '60s'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings'],
  params: { maximumSeconds: 60, tolerableSeconds: 180 },
  evaluate({ 'pg.settings': settings }, { maximumSeconds, tolerableSeconds }) {
    return judgeSettings(settings, [
      {
        name: 'authentication_timeout',
        expected: { en: `at most ${maximumSeconds} (s)`, zh: `不超过 ${maximumSeconds}（秒）` },
        judge: (value) => {
          const seconds = Number(value);
          if (seconds <= 0 || seconds > tolerableSeconds) return 'fail';
          return seconds <= maximumSeconds ? 'pass' : 'warn';
        },
      },
    ]);
  },
});
