import { defineCheck } from '../../check.ts';
import { judgeSettings, wants } from '../setting-verdict.ts';

export const pgLogReplicationCommands = defineCheck({
  id: 'pg-log-replication-commands',
  catalogue: ['LOG-009'],
  title: { en: 'Replication commands are logged', zh: '复制命令已记录' },
  severity: 'medium',
  rationale: {
    en: 'A base backup copies the whole cluster out; without this setting it leaves no trace in the log.',
    zh: '基础备份可将整个数据库复制带出；未启用该参数时日志中不留任何痕迹。',
  },
  remediation: {
    en: 'Set log_replication_commands = on and reload.',
    zh: '将 log_replication_commands 设为 on 并重新加载配置。',
  },
  fix: [`ALTER SYSTEM SET log_replication_commands = 'on'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings'],
  params: {},
  evaluate: ({ 'pg.settings': settings }) => judgeSettings(settings, [wants('log_replication_commands', 'on', 'fail')]),
});
