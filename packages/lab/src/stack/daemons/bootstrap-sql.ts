/** What the roles of a new cluster are made from; passwords appear as SCRAM verifiers only. */
export interface BootstrapRoles {
  readonly verifiers: Readonly<
    Record<'dbuser_dba' | 'pgattest_monitor' | 'pgattest_auditor' | 'pgbouncer' | 'app_owner' | 'app_rw', string>
  >;
  /** Statements with `{role}` for the name. */
  readonly auditorGrants: readonly string[];
}

/** Passwords end within the 90 days an audit allows; a lab never lives that long. */
const passwordDays = 89;

/**
 * psql script for a new cluster: roles, database `app` with its tables, extensions, the lookup of PgBouncer. Runs as
 * the superuser in database postgres.
 */
export function bootstrapSql({ verifiers, auditorGrants }: BootstrapRoles): string {
  const login = (role: keyof typeof verifiers, options: string): string =>
    `CREATE ROLE ${role} LOGIN ${options} PASSWORD '${verifiers[role]}'`;
  const grants = auditorGrants.map((grant) => grant.replaceAll('{role}', 'pgattest_auditor'));
  return script([
    ...quietSession,
    login('dbuser_dba', 'SUPERUSER'),
    // Patroni gives these two their passwords and the rest of their privileges right after this script.
    'CREATE ROLE replicator LOGIN REPLICATION CONNECTION LIMIT 20',
    'CREATE ROLE dbrewind LOGIN CONNECTION LIMIT 10',
    login('pgattest_monitor', 'CONNECTION LIMIT 20'),
    login('pgattest_auditor', 'CONNECTION LIMIT 20'),
    login('pgbouncer', 'CONNECTION LIMIT 20'),
    login('app_owner', 'CONNECTION LIMIT 10'),
    login('app_rw', 'CONNECTION LIMIT 60'),
    endOfPasswords,
    'GRANT pg_monitor TO pgattest_monitor, pgattest_auditor',
    'CREATE DATABASE app OWNER app_owner',
    'REVOKE ALL ON DATABASE postgres, template1, app FROM PUBLIC',
    'GRANT CONNECT ON DATABASE postgres TO pgattest_monitor, pgattest_auditor, pgbouncer, dbrewind',
    'GRANT CONNECT ON DATABASE app TO pgattest_monitor, pgattest_auditor, pgbouncer, app_rw',
    ...everyDatabase(grants),
    'CREATE EXTENSION pg_stat_statements',
    '\\connect app',
    ...quietSession,
    ...everyDatabase(grants),
    'CREATE EXTENSION amcheck',
    ...application,
  ]);
}

/** Keeps verifiers out of the server log and out of pg_stat_statements in the session that sets them. */
const quietSession: readonly string[] = [
  `SET log_statement = 'none'`,
  `SET log_min_duration_statement = -1`,
  `SET log_min_error_statement = 'panic'`,
  `SET pg_stat_statements.track = 'none'`,
  `SET auto_explain.log_min_duration = -1`,
  `SET pgaudit.log = 'none'`,
];

// VALID UNTIL takes no expression.
const endOfPasswords = `DO $$
DECLARE
  role name;
BEGIN
  FOR role IN SELECT rolname FROM pg_catalog.pg_roles WHERE rolcanlogin AND rolname <> 'postgres' LOOP
    EXECUTE format('ALTER ROLE %I VALID UNTIL %L', role, now() + interval '${passwordDays} days');
  END LOOP;
END $$`;

function everyDatabase(auditorGrants: readonly string[]): readonly string[] {
  return [
    'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
    'CREATE EXTENSION pgaudit',
    // Event triggers run them without asking for the privilege.
    'REVOKE ALL ON FUNCTION public.pgaudit_ddl_command_end(), public.pgaudit_sql_drop() FROM PUBLIC',
    ...poolerLookup,
    ...auditorGrants,
  ];
}

/**
 * The function PgBouncer asks for the verifier of a user. It knows no superuser and no expired password; its search_path
 * is fixed, and only PgBouncer may call it.
 */
const poolerLookup: readonly string[] = [
  'CREATE SCHEMA pgbouncer',
  `CREATE FUNCTION pgbouncer.get_auth(wanted text) RETURNS TABLE (username text, password text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT rolname::text, rolpassword
    FROM pg_catalog.pg_authid
    WHERE rolname = wanted
      AND rolcanlogin
      AND NOT rolsuper
      AND NOT rolreplication
      AND (rolvaliduntil IS NULL OR rolvaliduntil > now())
  $$`,
  'REVOKE ALL ON FUNCTION pgbouncer.get_auth(text) FROM PUBLIC',
  'GRANT USAGE ON SCHEMA pgbouncer TO pgbouncer',
  'GRANT EXECUTE ON FUNCTION pgbouncer.get_auth(text) TO pgbouncer',
];

/** The small application of the write load: the same tables as in the demo cluster. */
const application: readonly string[] = [
  'CREATE SCHEMA app AUTHORIZATION app_owner',
  'SET ROLE app_owner',
  `CREATE TABLE app.account (
    id integer PRIMARY KEY,
    balance bigint NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE app.ledger (
    id bigint PRIMARY KEY,
    account_id integer NOT NULL REFERENCES app.account,
    amount integer NOT NULL,
    booked_at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`,
  'INSERT INTO app.account (id) SELECT generate_series(1, 100)',
  'GRANT USAGE ON SCHEMA app TO app_rw',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON app.account, app.ledger TO app_rw',
  'RESET ROLE',
];

/** psql ends a statement at `;` and its own commands at the end of the line. */
function script(statements: readonly string[]): string {
  return statements.map((statement) => `${statement}${statement.startsWith('\\') ? '' : ';'}\n`).join('');
}
