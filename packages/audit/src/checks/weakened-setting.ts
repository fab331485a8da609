import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';
import { pgauditClasses } from './pgaudit.ts';

type Settings = FactMap['pg.settings'];
type RoleSetting = FactMap['pg.roles']['settings'][number];

/** Settings whose value for one role or database can take control, trace or acknowledged rows away. */
export const watchedSettings = [
  'log_connections',
  'log_disconnections',
  'log_min_error_statement',
  'log_min_messages',
  'log_replication_commands',
  'log_statement',
  'password_encryption',
  'pgaudit.log',
  'row_security',
  'session_replication_role',
  'synchronous_commit',
] as const;

const statementRanks = ['none', 'ddl', 'mod', 'all'];
/** From what survives least; other words for `on` and `off` are those that PostgreSQL takes. */
const commitRanks = ['off', 'local', 'remote_write', 'on', 'remote_apply'];
const off = new Set(['off', 'false', 'no', '0', '']);

/** Why a value bound to a role or database is weaker than what the server has; undefined when it is not. */
export function findWeakening({ name, value }: RoleSetting, settings: Settings): Text | undefined {
  const server = settings[name]?.value ?? '';
  const text = value.toLowerCase();
  if (name === 'log_statement') {
    return statementRanks.indexOf(text) < statementRanks.indexOf(server) ? lessThan(name, value, server) : undefined;
  }
  if (name === 'log_connections' || name === 'log_disconnections' || name === 'log_replication_commands') {
    return off.has(text) && !off.has(server) ? lessThan(name, value, server) : undefined;
  }
  if (name === 'pgaudit.log') {
    const logged = pgauditClasses(text);
    return [...pgauditClasses(server)].some((item) => !logged.has(item)) ? lessThan(name, value, server) : undefined;
  }
  if (name === 'log_min_error_statement' || name === 'log_min_messages') {
    return ['fatal', 'panic', ...(name === 'log_min_error_statement' ? ['log'] : [])].includes(text)
      ? { en: `${name} = ${value} hides errors`, zh: `${name} 为 ${value}，错误不再记录` }
      : undefined;
  }
  if (name === 'synchronous_commit') {
    return rankOfCommit(text) < rankOfCommit(server) ? lessThan(name, value, server) : undefined;
  }
  if (name === 'password_encryption') {
    return text === 'scram-sha-256' ? undefined : lessThan(name, value, server);
  }
  if (name === 'row_security') {
    return off.has(text) ? { en: 'row_security is off', zh: 'row_security 被关闭' } : undefined;
  }
  return name === 'session_replication_role' && text === 'replica'
    ? {
        en: 'session_replication_role = replica skips triggers and foreign keys',
        zh: 'session_replication_role 为 replica，触发器与外键不生效',
      }
    : undefined;
}

const rankOfCommit = (value: string): number =>
  off.has(value) ? 0 : commitRanks.indexOf(['true', 'yes', '1'].includes(value) ? 'on' : value);

const lessThan = (name: string, value: string, server: string): Text => ({
  en: `${name} = ${value || "''"}, the server has ${server || "''"}`,
  zh: `${name} 为 ${value || '空'}，弱于服务器设置 ${server || '空'}`,
});

/** Parameters that must stay with superusers: who may set them may switch off control or trace. Anybody sets synchronous_commit. */
export const isSecurityParameter = (name: string): boolean =>
  (name !== 'synchronous_commit' && watchedSettings.some((watched) => watched === name)) ||
  /^(log_|pgaudit\.|credcheck\.|auth_delay\.|ssl|hba_file|ident_file|archive_|restore_command|primary_conninfo|listen_addresses|unix_socket_|authentication_timeout|(shared|session|local)_preload_libraries|dynamic_library_path|logging_collector|allow_system_table_mods|fsync|full_page_writes)/u.test(
    name,
  );
