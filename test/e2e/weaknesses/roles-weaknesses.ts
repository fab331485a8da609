import { cluster, onMembers } from './cast.ts';
import { statement } from './introduce/statement.ts';
import type { Weakness, WeaknessGroup } from './weakness.ts';

type Verdicts = Parameters<typeof onMembers>[0];

/** Statements on the primary: roles and databases are the same on every member, and so is what an audit says of them. */
const role = (id: string, sentence: string, weak: string, heal: string, verdicts: Verdicts): Weakness => ({
  id,
  sentence,
  on: cluster,
  introduce: statement(weak, heal, { database: 'app' }),
  expected: onMembers(verdicts),
});

const attribute = (name: string, sentence: string): Weakness =>
  role(`role with ${name}`, sentence, `ALTER ROLE app_rw ${name}`, `ALTER ROLE app_rw NO${name}`, {
    'pg-role-attributes-limited': 'fail',
  });

const membership = (group: string, sentence: string, state: 'warn' | 'fail'): Weakness =>
  role(`member of ${group}`, sentence, `GRANT ${group} TO app_rw`, `REVOKE ${group} FROM app_rw`, {
    'pg-predefined-roles-limited': state,
  });

// `md5` and the MD5 of password and name: what a dump of an old server brings along.
const md5Verifier = 'md5e8a48653851e28c69d0506508fb27fc5';

/** Roles, their passwords, what they may, and what everybody may. */
export const rolesWeaknesses: WeaknessGroup = {
  name: 'roles and privileges',
  weaknesses: [
    attribute('CREATEROLE', 'the role of an application may make roles'),
    attribute('REPLICATION', 'the role of an application may copy the whole cluster'),
    attribute('BYPASSRLS', 'the role of an application passes row-level security'),
    membership('pg_read_server_files', 'the role of an application may read files of the host', 'fail'),
    membership('pg_write_all_data', 'the role of an application may write every table', 'warn'),
    role(
      'monitoring role with CREATEDB',
      'the role of the monitoring may make databases',
      'ALTER ROLE pgattest_monitor CREATEDB',
      'ALTER ROLE pgattest_monitor NOCREATEDB',
      { 'pg-role-attributes-limited': 'fail', 'pg-monitor-role-limited': 'fail' },
    ),
    role(
      'password without an end',
      'a password never expires',
      `ALTER ROLE app_rw VALID UNTIL 'infinity'`,
      `ALTER ROLE app_rw VALID UNTIL '2027-02-01'`,
      { 'pg-password-expiry': 'fail' },
    ),
    role(
      'expired role',
      'a role whose password has expired may still log in by a certificate',
      `ALTER ROLE app_rw VALID UNTIL '2026-01-01'`,
      `ALTER ROLE app_rw VALID UNTIL '2027-02-01'`,
      { 'pg-role-not-expired': 'warn' },
    ),
    role(
      'MD5 verifier',
      'a role has a password that is stored as MD5',
      `CREATE ROLE legacy LOGIN CONNECTION LIMIT 1 PASSWORD '${md5Verifier}' VALID UNTIL '2027-02-01'`,
      'DROP ROLE legacy',
      { 'pg-role-secrets-scram': 'fail' },
    ),
    role(
      'role without a limit of connections',
      'one application may take every connection',
      'ALTER ROLE app_rw CONNECTION LIMIT -1',
      'ALTER ROLE app_rw CONNECTION LIMIT 60',
      { 'pg-role-connection-limits': 'warn' },
    ),
    role(
      'role that is not audited',
      'pgaudit is off for the role of an application',
      `ALTER ROLE app_rw SET pgaudit.log = 'none'`,
      'ALTER ROLE app_rw RESET pgaudit.log',
      { 'pg-role-settings-not-weakened': 'fail' },
    ),
    role(
      'role that commits asynchronously',
      'commits of one role are acknowledged before they are written',
      `ALTER ROLE app_rw SET synchronous_commit = 'off'`,
      'ALTER ROLE app_rw RESET synchronous_commit',
      { 'pg-role-settings-not-weakened': 'fail' },
    ),
    role(
      'database open to everybody',
      'every role may connect to the database of the application',
      `GRANT CONNECT ON DATABASE app TO PUBLIC`,
      `REVOKE CONNECT ON DATABASE app FROM PUBLIC`,
      { 'pg-public-no-connect': 'warn' },
    ),
    role(
      'schema open to everybody',
      'every role may create objects in schema public',
      'GRANT CREATE ON SCHEMA public TO PUBLIC',
      'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
      { 'pg-public-schema-no-create': 'fail' },
    ),
    role(
      'open SECURITY DEFINER function',
      'a function of the superuser is open to everybody, with the search_path of its caller',
      'CREATE FUNCTION public.weak() RETURNS integer LANGUAGE sql SECURITY DEFINER AS $$ SELECT 1 $$',
      'DROP FUNCTION public.weak()',
      { 'pg-security-definer-safe': 'fail', 'pg-public-no-object-grants': 'warn' },
    ),
    role(
      'loaded C function',
      'a function of a loaded library is open to everybody',
      `CREATE FUNCTION public.weak_c() RETURNS event_trigger LANGUAGE c AS '$libdir/pgaudit', 'pgaudit_ddl_command_end'`,
      'DROP FUNCTION public.weak_c()',
      { 'pg-untrusted-languages': 'fail' },
    ),
    role(
      'password in a setting',
      `a connection string with a password stands in a setting of ${cluster}`,
      `ALTER DATABASE app SET app.upstream = 'host=db user=feed password=feed-me'`,
      'ALTER DATABASE app RESET app.upstream',
      { 'pg-settings-no-password': 'fail' },
    ),
  ],
};
