import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { configEvidence, findSetting } from '../pgbouncer-evidence.ts';

const switches = ['log_connections', 'log_disconnections', 'log_pooler_errors'] as const;

export const pgbouncerLogsConnections = defineCheck({
  id: 'pgbouncer-logs-connections',
  scope: 'pgbouncer',
  catalogue: ['LOG-019'],
  title: { en: 'PgBouncer logs who connects, leaves and fails', zh: 'PgBouncer 记录客户端连接、断开与错误' },
  severity: 'high',
  rationale: {
    en: 'The server only sees the pool: who came from where and when is in the log of PgBouncer or nowhere.',
    zh: '数据库只能看到连接池的会话，客户端的来源与时间只存在于 PgBouncer 日志中。',
  },
  remediation: {
    en: 'Set log_connections, log_disconnections and log_pooler_errors to 1, and name a logfile or syslog (Pigsty sets the first two to 0).',
    zh: '将 log_connections、log_disconnections、log_pooler_errors 设为 1，并配置 logfile 或 syslog（Pigsty 默认将前两项设为 0）。',
  },
  fix: ['log_connections = 1', 'log_disconnections = 1', 'log_pooler_errors = 1', 'RELOAD'],
  needs: ['pgbouncer.config'],
  params: {},
  evaluate({ 'pgbouncer.config': config }) {
    const off = switches.filter((name) => findSetting(config, name) !== '1');
    const isKept = (findSetting(config, 'logfile') ?? '') !== '' || findSetting(config, 'syslog') === '1';
    return verdictOf({
      complaints: [
        ...off.map((name) =>
          complaint(name === 'log_connections' ? 'fail' : 'warn', `${name} is off`, `${name} 未启用`),
        ),
        ...(isKept
          ? []
          : [
              complaint(
                'warn',
                'neither logfile nor syslog is set: lines go to standard error and wherever that goes',
                '未设置 logfile 或 syslog，日志仅输出到标准错误',
              ),
            ]),
      ],
      good: { en: 'connections, disconnections and errors are logged', zh: '连接、断开与错误均已记录' },
      evidence: [
        configEvidence(config, [...switches, 'logfile', 'syslog'], {
          en: '1, and a place to keep the lines',
          zh: '1，并配置日志去向',
        }),
      ],
    });
  },
});
