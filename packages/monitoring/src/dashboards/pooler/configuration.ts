import {
  pgbouncerConfigPooling,
  pgbouncerConfigSecurity,
  pgbouncerDatabase,
  promql,
  select,
} from '@pgattest/catalog';
import { type Panel, table } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { noteworthyWords } from '../role-words.ts';
import { instances } from '../scope.ts';

const noPooler = say('no PgBouncer exporter is scraped', '未采集 PgBouncer');

export const configurationRow: readonly Panel[] = [
  table({
    title: say('Databases', '数据库'),
    description: say(
      'Databases as each PgBouncer is configured: pool size, connections in use, and whether somebody paused or disabled it.',
      '各 PgBouncer 配置的数据库：池大小、当前连接，以及是否被暂停或禁用。',
    ),
    keys: { ins: say('Instance', '实例'), datname: say('Database', '数据库') },
    values: [
      {
        title: say('Pool size', '池大小'),
        expr: promql`max by (ins, datname) (${select(pgbouncerDatabase.m.pool_size, instances)})`,
      },
      {
        title: say('Connections', '当前连接'),
        expr: promql`max by (ins, datname) (${select(pgbouncerDatabase.m.current_connections, instances)})`,
      },
      {
        title: say('Paused', '暂停'),
        expr: promql`max by (ins, datname) (${select(pgbouncerDatabase.m.paused, instances)})`,
        unit: 'state',
        words: noteworthyWords,
      },
      {
        title: say('Disabled', '禁用'),
        expr: promql`max by (ins, datname) (${select(pgbouncerDatabase.m.disabled, instances)})`,
        unit: 'state',
        words: noteworthyWords,
      },
    ],
    empty: noPooler,
    width: 12,
  }),
  table({
    title: say('Security settings', '安全配置'),
    description: say(
      'How clients authenticate and which sides are encrypted, by pooler. Members that differ stand out.',
      '各连接池的认证方式与两侧加密配置。不一致的成员一目了然。',
    ),
    keys: {
      ins: say('Instance', '实例'),
      auth_type: say('Authentication', '认证'),
      client_tls_sslmode: say('Client TLS', '客户端 TLS'),
      server_tls_sslmode: say('Server TLS', '服务器 TLS'),
    },
    values: [
      {
        title: say('Present', '存在'),
        expr: promql`max by (ins, auth_type, client_tls_sslmode, server_tls_sslmode) (${select(pgbouncerConfigSecurity.m.info, instances)})`,
        isHidden: true,
      },
    ],
    empty: noPooler,
    width: 12,
  }),
  table({
    title: say('Pooling mode', '池化模式'),
    description: say(
      'When a server connection goes back to the pool. In transaction mode session state does not survive a commit.',
      '服务器连接何时归还连接池。事务模式下会话状态在提交后不保留。',
    ),
    keys: {
      ins: say('Instance', '实例'),
      pool_mode: say('Mode', '模式'),
      server_reset: say('Reset', '重置'),
    },
    values: [
      {
        title: say('Present', '存在'),
        expr: promql`max by (ins, pool_mode, server_reset) (${select(pgbouncerConfigPooling.m.info, instances)})`,
        isHidden: true,
      },
    ],
    empty: noPooler,
    width: 24,
    height: 6,
  }),
];
