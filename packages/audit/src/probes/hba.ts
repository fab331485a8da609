import { ConnectError, type PgSession } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';
import { parseJsonStrings } from './json-strings.ts';

/** One valid line of pg_hba.conf, in the words of pg_hba_file_rules: quoting of keywords is already lost there. */
export interface HbaRule {
  /** pg_hba.conf or a file it includes. Null before version 16, which has one file. */
  readonly file: string | null;
  readonly line: number;
  /** local, host, hostssl, hostnossl, hostgssenc or hostnogssenc. */
  readonly type: string;
  readonly databases: readonly string[];
  readonly users: readonly string[];
  /** IP address, host name, all, samehost, samenet; null on local. */
  readonly address: string | null;
  readonly netmask: string | null;
  readonly method: string;
  /** `map=admins`, `clientcert=verify-full`; values of secrets read `***`. */
  readonly options: readonly string[];
}

/** A line the server could not parse: while there is one, a reload keeps the old rules. */
export interface HbaError {
  readonly file: string | null;
  readonly line: number;
  readonly message: string;
}

export interface Hba {
  /** In the order the server tries them. */
  readonly rules: readonly HbaRule[];
  readonly errors: readonly HbaError[];
  /** Whether a rule file is newer than the last reload; null when this role may not look (pg_stat_file). */
  readonly changedSinceReload: boolean | null;
}

interface HbaRow extends Readonly<Record<string, string | null>> {
  readonly file: string | null;
  readonly line: string;
  readonly type: string | null;
  readonly databases: string | null;
  readonly users: string | null;
  readonly address: string | null;
  readonly netmask: string | null;
  readonly method: string | null;
  readonly options: string;
  readonly error: string | null;
}

/** The client authentication rules as the server reads them from its files. */
export const pgHba = defineProbe({
  id: 'pg.hba',
  subject: 'instance',
  title: 'Client authentication rules (pg_hba_file_rules)',
  privilege: 'SELECT on pg_hba_file_rules and EXECUTE on its function; EXECUTE on pg_stat_file to see unloaded edits',
  grants: [
    'GRANT SELECT ON pg_hba_file_rules TO {role}',
    'GRANT EXECUTE ON FUNCTION pg_hba_file_rules() TO {role}',
    'GRANT EXECUTE ON FUNCTION pg_stat_file(text) TO {role}',
  ],
  async collect({ pg, signal }): Promise<Hba> {
    // ldapbindpasswd and radiussecrets are options too: their values stay on the server.
    const rows = await pg.rows<HbaRow>(
      `SELECT ${pg.versionNum >= 160000 ? 'file_name' : 'NULL'} AS file,
              line_number AS line,
              type,
              array_to_json(database) AS databases,
              array_to_json(user_name) AS users,
              address,
              netmask,
              auth_method AS method,
              array_to_json(ARRAY(
                SELECT CASE WHEN o ~* '^[^=]*(passw|secret)' THEN split_part(o, '=', 1) || '=***' ELSE o END
                FROM unnest(options) WITH ORDINALITY AS u (o, n)
                ORDER BY n
              )) AS options,
              error
       FROM pg_hba_file_rules
       ORDER BY ${pg.versionNum >= 160000 ? 'rule_number, file_name, line_number' : 'line_number'}`,
      { signal },
    );
    return {
      rules: rows.flatMap((row) => (row.error === null ? [toRule(row)] : [])),
      errors: rows.flatMap(({ file, line, error }) =>
        error === null ? [] : [{ file, line: Number(line), message: error }],
      ),
      changedSinceReload: await findChange(pg, signal),
    };
  },
});

function toRule(row: HbaRow): HbaRule {
  const { file, line, type, databases, users, address, netmask, method, options } = row;
  if (type === null || databases === null || users === null || method === null) {
    throw new ConnectError('invalid_data', `line ${line} of pg_hba_file_rules has neither a rule nor an error`);
  }
  return {
    file,
    line: Number(line),
    type,
    databases: parseJsonStrings(databases),
    users: parseJsonStrings(users),
    address,
    netmask,
    method,
    options: parseJsonStrings(options),
  };
}

/** The statement that tells whether a rule file is newer than what the server runs on. */
const changeSql = (versionNum: number): string =>
  versionNum >= 160000
    ? `SELECT coalesce(bool_or((pg_stat_file(file_name)).modification > pg_conf_load_time()), false) AS changed
       FROM (SELECT DISTINCT file_name FROM pg_hba_file_rules) AS files`
    : `SELECT (pg_stat_file(current_setting('hba_file'))).modification > pg_conf_load_time() AS changed`;

async function findChange(pg: PgSession, signal: AbortSignal): Promise<boolean | null> {
  // Optional privilege: version 10 leaves it to superusers, and a file outside the data directory needs
  // pg_read_server_files besides. Not being allowed to look is a value here, not a failure of the rules' probe.
  try {
    const [row] = await pg.rows<{ changed: string }>(changeSql(pg.versionNum), { signal });
    return row === undefined ? null : row.changed === 't';
  } catch (error) {
    if (error instanceof ConnectError && error.code === 'permission_denied') return null;
    throw error;
  }
}
