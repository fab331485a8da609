/** What a line of a remedy is for. `host` is a command of the operating system, `file` a line of a configuration file. */
export const remedyTools = [
  'sql',
  'patroni',
  'pigsty',
  'pgbouncer',
  'etcd',
  'pgbackrest',
  'pgattest',
  'host',
  'file',
] as const;
export type RemedyTool = (typeof remedyTools)[number];

/** Lines for one tool, ready to copy; `{…}` marks what the reader fills in. */
export interface Remedy {
  readonly tool: RemedyTool;
  readonly lines: readonly string[];
}

export interface Remedies {
  /** In the order they are taken: lines for one tool that follow one another stand together. */
  readonly steps: readonly Remedy[];
  /** Instead of `ALTER SYSTEM`, where Patroni or Pigsty keeps the settings of the server. */
  readonly managed: readonly Remedy[];
}

/** The fix of a check by tool. A setting that SQL changes comes also as Patroni and Pigsty take it. Pure. */
export function remediesOf(fix: readonly string[]): Remedies {
  const steps: { readonly tool: RemedyTool; readonly lines: string[] }[] = [];
  for (const line of fix) {
    const tool = toolOf(line);
    const last = steps.at(-1);
    if (last?.tool === tool) last.lines.push(line);
    else steps.push({ tool, lines: [line] });
  }
  const settings = fix.flatMap(settingOf).filter(({ name }) => !ownedByPatroni.has(name));
  return { steps, managed: [...patroniOf(fix, settings), ...pigstyOf(settings)] };
}

/** `value` is absent where the setting goes back to its default. */
interface Setting {
  readonly name: string;
  readonly value?: string;
}

/** One command for all of them, as they belong together; none where the fix has one of its own. */
function patroniOf(fix: readonly string[], settings: readonly Setting[]): readonly Remedy[] {
  const hasOwn = fix.some((line) => line.startsWith('patronictl edit-config') && line.includes(' --pg '));
  if (settings.length === 0 || hasOwn) return [];
  const words = settings.map(({ name, value = 'null' }) => `--pg ${shellWord(`${name}=${value}`)}`);
  return [{ tool: 'patroni', lines: [`patronictl edit-config {cluster} ${words.join(' ')}`] }];
}

/** What Pigsty renders into postgresql.auto.conf. Source: pigsty.io docs, pgsql/config/param. */
function pigstyOf(settings: readonly Setting[]): readonly Remedy[] {
  const entries = settings.flatMap(({ name, value }) =>
    value === undefined || onlyFromPatroni.has(name) ? [] : [`${name}: '${value.replaceAll("'", "''")}'`],
  );
  if (entries.length === 0) return [];
  const lines = [`pg_parameters: { ${entries.join(', ')} }`, './pgsql.yml -l {cluster} -t pg_param'];
  return [{ tool: 'pigsty', lines }];
}

/**
 * Settings that Patroni computes itself and ignores in its parameters: addresses from its own file, what a standby follows
 * from the state of the cluster. Source: Patroni docs, patroni_configuration; reference/ha.
 */
const ownedByPatroni: ReadonlySet<string> = new Set([
  'cluster_name',
  'hot_standby',
  'listen_addresses',
  'port',
  'primary_conninfo',
  'primary_slot_name',
  'recovery_min_apply_delay',
  'recovery_target_timeline',
  'restore_command',
]);

/** Settings that Patroni hands to the server on its command line, where postgresql.auto.conf does not reach. Same source. */
const onlyFromPatroni: ReadonlySet<string> = new Set([
  'max_connections',
  'max_locks_per_transaction',
  'max_prepared_transactions',
  'max_replication_slots',
  'max_wal_senders',
  'max_worker_processes',
  'track_commit_timestamp',
  'wal_level',
  'wal_log_hints',
]);

/** Name and value of `ALTER SYSTEM SET name = 'value'` (or a list of values) and of `ALTER SYSTEM RESET name`. */
function settingOf(line: string): readonly Setting[] {
  const reset = /^ALTER SYSTEM RESET (?!ALL$)(\S+)$/u.exec(line)?.[1];
  if (reset !== undefined) return [{ name: reset }];
  const [, name, list] = /^ALTER SYSTEM SET (\S+) = (.+)$/u.exec(line) ?? [];
  if (name === undefined || list === undefined) return [];
  const words = [...list.matchAll(/'((?:[^']|'')*)'|([^\s,']+)/gu)].map(([, quoted, plain = '']) =>
    quoted === undefined ? plain : quoted.replaceAll("''", "'"),
  );
  return [{ name, value: words.join(', ') }];
}

const sql = /^(?:ALTER|CREATE|DROP|GRANT|REASSIGN|REINDEX|REVOKE|SELECT|SET|VACUUM)\b|^\\/u;

/** First word of a line -> who takes it. */
const toolOfProgram: Readonly<Record<string, RemedyTool>> = {
  RELOAD: 'pgbouncer',
  etcdctl: 'etcd',
  patronictl: 'patroni',
  pgattest: 'pgattest',
  pgbackrest: 'pgbackrest',
  'pigsty.yml:': 'pigsty',
};

/** Programs that a person runs on the host; a line that begins with anything else is a line of a file. */
const programs: ReadonlySet<string> = new Set(
  [
    'aideinit amtool apt-get authselect chmod chown chronyc cryptsetup df dnf dpkg echo fail2ban-client fips-mode-setup',
    'firewall-cmd haproxy ip journalctl ln ls lvextend mc mkpasswd modprobe mokutil nft openssl passwd pg_amcheck',
    'pg_checksums pg_ctl pg_upgrade pgattest-monitoring pgbouncer rm sed setenforce shred ss swapoff sysctl systemctl',
    'unset vector visudo vmalert',
  ].flatMap((names) => names.split(' ')),
);

function toolOf(line: string): RemedyTool {
  const [word = ''] = line.split(/\s/u, 1);
  if (sql.test(line)) return 'sql';
  return toolOfProgram[word] ?? (programs.has(word) ? 'host' : 'file');
}

const shellWord = (text: string): string =>
  /^[\w.=:@/-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
