/** Login roles of the demo cluster; every one has its own password and password file. */
export const loginRoles = ['postgres', 'replicator', 'pgattest_monitor', 'pgattest_auditor', 'app_rw'] as const;
/** Name of a login role. */
export type LoginRole = (typeof loginRoles)[number];

/** Verifiers by role, see scramVerifier; the superuser gets its password from initdb. */
export type RoleVerifiers = Readonly<Record<Exclude<LoginRole, 'postgres'>, string>>;

/** SQL of a new cluster, by database, in order. Passwords appear as verifiers only. */
export interface BootstrapSql {
  readonly postgres: readonly string[];
  readonly app: readonly string[];
}

/** What keeps the verifiers out of the server log and out of pg_stat_statements in the session that sets them. */
export const quietSession: readonly string[] = [
  `SET log_statement = 'none'`,
  `SET log_min_duration_statement = -1`,
  `SET log_min_error_statement = 'panic'`,
  `SET pg_stat_statements.track = 'none'`,
];

/** Beyond pg_monitor: what the audit probes read, by the versions that have it. Catalogue grants are per database. */
export function defaultAuditorGrants(versionNum: number): readonly string[] {
  const grants = [
    `GRANT SELECT ON pg_catalog.pg_hba_file_rules TO pgattest_auditor`,
    `GRANT EXECUTE ON FUNCTION pg_catalog.pg_hba_file_rules() TO pgattest_auditor`,
    `GRANT EXECUTE ON FUNCTION pg_catalog.pg_stat_file(text) TO pgattest_auditor`,
    `GRANT SELECT ON pg_catalog.pg_file_settings TO pgattest_auditor`,
    `GRANT EXECUTE ON FUNCTION pg_catalog.pg_show_all_file_settings() TO pgattest_auditor`,
    `GRANT SELECT (rolname, rolcanlogin, rolpassword) ON pg_catalog.pg_authid TO pgattest_auditor`,
    `GRANT SELECT (subconninfo) ON pg_catalog.pg_subscription TO pgattest_auditor`,
  ];
  if (versionNum >= 150000) {
    grants.push(
      `GRANT SELECT ON pg_catalog.pg_ident_file_mappings TO pgattest_auditor`,
      `GRANT EXECUTE ON FUNCTION pg_catalog.pg_ident_file_mappings() TO pgattest_auditor`,
    );
  }
  return grants;
}

/** Roles, privileges and the small application of the demo cluster. */
export function bootstrapSql(verifiers: RoleVerifiers, auditorGrants: readonly string[]): BootstrapSql {
  const login = (role: keyof RoleVerifiers, options: string): string =>
    `CREATE ROLE ${role} LOGIN ${options} PASSWORD '${verifiers[role]}'`;
  return {
    postgres: [
      ...quietSession,
      login('replicator', 'REPLICATION CONNECTION LIMIT 10'),
      login('pgattest_monitor', 'CONNECTION LIMIT 10'),
      login('pgattest_auditor', 'CONNECTION LIMIT 10'),
      login('app_rw', 'CONNECTION LIMIT 20'),
      `CREATE ROLE app_owner NOLOGIN`,
      `GRANT pg_monitor TO pgattest_monitor, pgattest_auditor`,
      `CREATE DATABASE app OWNER app_owner`,
      `REVOKE ALL ON DATABASE postgres, template1, app FROM PUBLIC`,
      `GRANT CONNECT ON DATABASE postgres TO pgattest_monitor, pgattest_auditor`,
      `GRANT CONNECT ON DATABASE app TO pgattest_monitor, pgattest_auditor, app_rw`,
      `REVOKE CREATE ON SCHEMA public FROM PUBLIC`,
      `CREATE EXTENSION pg_stat_statements`,
      ...auditorGrants,
    ],
    app: [
      ...quietSession,
      `REVOKE CREATE ON SCHEMA public FROM PUBLIC`,
      ...auditorGrants,
      `CREATE SCHEMA app AUTHORIZATION app_owner`,
      `SET ROLE app_owner`,
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
      `INSERT INTO app.account (id) SELECT generate_series(1, 100)`,
      `GRANT USAGE ON SCHEMA app TO app_rw`,
      `GRANT SELECT, INSERT, UPDATE ON app.account, app.ledger TO app_rw`,
      `RESET ROLE`,
    ],
  };
}
