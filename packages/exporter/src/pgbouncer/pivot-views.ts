import { answerOf, fieldsOf, textOf, whole, type Fields, type View } from './view.ts';

/** Rows of name and value as one row with a column for each name. */
function pivot(name: string, value: string, convert: (text: string | null) => string | null): View {
  return (answer) => {
    const row = Object.fromEntries(
      fieldsOf(answer).map((fields) => [textOf(fields, name), convert(fields[value] ?? null)]),
    );
    return whole(answerOf(Object.keys(row), [row]));
  };
}

/** SHOW LISTS: a column for each list. */
export const listsView: View = pivot('list', 'items', (text) => text);

/** SHOW CONFIG: a column for each setting. */
export const configView: View = pivot('key', 'value', (text) => text);

/** SHOW STATE: yes and no as 1 and 0; another word is left as it is, so that it is counted as unreadable. */
export const stateView: View = pivot('key', 'value', (text) => {
  if (text === 'yes') return '1';
  return text === 'no' ? '0' : text;
});

/** Settings by name, for the views below. */
function settingsOf(rows: readonly Fields[]): ReadonlyMap<string, string> {
  return new Map(rows.map((row) => [textOf(row, 'key'), textOf(row, 'value')]));
}

const authTypes = ['any', 'trust', 'plain', 'md5', 'scram-sha-256', 'cert', 'hba', 'pam', 'ldap'];
const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
const protocols = ['secure', 'legacy', 'all', 'tlsv1.0', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3'];
const poolModes = ['session', 'transaction', 'statement'];

/** A value of a closed list, `other` when it is none of it, empty when this version has no such setting. */
function wordOf(text: string | undefined, known: readonly string[]): string {
  if (text === undefined) return '';
  return known.includes(text.toLowerCase()) ? text.toLowerCase() : 'other';
}

function protocolsOf(text: string | undefined): string {
  if (text === undefined) return '';
  const words = text.split(/[\s,:]+/u).filter((word) => word !== '');
  return [...new Set(words.map((word) => wordOf(word, protocols)))].toSorted().join('+');
}

/** SHOW CONFIG: how clients are authenticated and connections encrypted. */
export const securityView: View = (answer) => {
  const settings = settingsOf(fieldsOf(answer));
  const row = {
    auth_type: wordOf(settings.get('auth_type'), authTypes),
    client_tls_sslmode: wordOf(settings.get('client_tls_sslmode'), sslModes),
    client_tls_protocols: protocolsOf(settings.get('client_tls_protocols')),
    server_tls_sslmode: wordOf(settings.get('server_tls_sslmode'), sslModes),
    server_tls_protocols: protocolsOf(settings.get('server_tls_protocols')),
    info: '1',
  };
  return whole(answerOf(Object.keys(row), [row]));
};

/** SHOW CONFIG: how pools behave. */
export const poolingView: View = (answer) => {
  const settings = settingsOf(fieldsOf(answer));
  const row = {
    pool_mode: wordOf(settings.get('pool_mode'), poolModes),
    server_reset: resetOf(settings.get('server_reset_query')),
    info: '1',
  };
  return whole(answerOf(Object.keys(row), [row]));
};

function resetOf(query: string | undefined): string {
  if (query === undefined) return '';
  if (query.trim() === '') return 'off';
  return /^discard\s+all\s*;?$/iu.test(query.trim()) ? 'default' : 'custom';
}

/** SHOW CONFIG: the settings of a list, one row each with its value in `column`; those this version lacks are left out. */
export function settingsView(names: readonly string[], column: string): View {
  return (answer) => {
    const settings = settingsOf(fieldsOf(answer));
    const rows = names.flatMap((name) => {
      const value = settings.get(name);
      return value === undefined ? [] : [{ name, [column]: value }];
    });
    return whole(answerOf(['name', column], rows));
  };
}

/** Limits and sizes in connections. */
export const limitNames: readonly string[] = [
  'max_client_conn',
  'default_pool_size',
  'min_pool_size',
  'reserve_pool_size',
  'max_db_connections',
  'max_user_connections',
  'max_db_client_connections',
  'max_user_client_connections',
];

/** Times in seconds. */
export const timeoutNames: readonly string[] = [
  'query_timeout',
  'query_wait_timeout',
  'transaction_timeout',
  'cancel_wait_timeout',
  'client_idle_timeout',
  'client_login_timeout',
  'idle_transaction_timeout',
  'server_connect_timeout',
  'server_idle_timeout',
  'server_lifetime',
  'server_login_retry',
  'server_check_delay',
  'reserve_pool_timeout',
  'suspend_timeout',
  'autodb_idle_timeout',
  'stats_period',
];

/** Settings that are on or off. */
export const switchNames: readonly string[] = [
  'log_connections',
  'log_disconnections',
  'log_pooler_errors',
  'log_stats',
  'server_reset_query_always',
  'server_fast_close',
  'server_round_robin',
  'so_reuseport',
  'tcp_keepalive',
  'disable_pqexec',
  'application_name_add_host',
  'syslog',
];
