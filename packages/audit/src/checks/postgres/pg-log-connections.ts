import { defineCheck } from '../../check.ts';
import { parseLogConnections } from '../log-connections.ts';
import { judgeSettings, serverVersionNum, wants } from '../setting-verdict.ts';

export const pgLogConnections = defineCheck({
  id: 'pg-log-connections',
  catalogue: ['LOG-002'],
  title: { en: 'Logins are logged', zh: '登录行为已记录' },
  severity: 'high',
  rationale: {
    en: 'Without a record of who connected from where, neither misuse of an account nor guessing of passwords can be followed up.',
    zh: '缺少登录账号与来源的记录，账号冒用和口令猜测均无法追溯。',
  },
  remediation: {
    en: 'Set log_connections = on; on version 18 at least receipt, authentication and authorization. Reload.',
    zh: '将 log_connections 设为 on；18 版本至少包含 receipt、authentication、authorization。设置后重新加载配置。',
  },
  fix: [`ALTER SYSTEM SET log_connections = 'on'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings'],
  params: {},
  evaluate({ 'pg.settings': settings }) {
    if (serverVersionNum(settings) < 180000) return judgeSettings(settings, [wants('log_connections', 'on', 'fail')]);
    return judgeSettings(settings, [
      {
        name: 'log_connections',
        expected: {
          en: 'authentication and authorization, or on, or all',
          zh: '包含 authentication 和 authorization，或为 on、all',
        },
        judge(value) {
          const logged = parseLogConnections(value);
          if (logged.authentication && logged.authorization) return 'pass';
          return logged.authentication || logged.authorization ? 'warn' : 'fail';
        },
      },
    ]);
  },
});
