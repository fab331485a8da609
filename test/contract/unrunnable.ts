/**
 * Branches whose SQL no test server can run, and why: never counted as covered. They are compared with the contract as
 * data, and their SQL is written after the documentation.
 */
export const unrunnableBranches: Readonly<Record<string, string>> = {
  pg_wait_event: 'needs the extension pg_wait_sampling, which the embedded binaries lack',
  pg_wait_event_1s: 'needs the extension pg_wait_sampling, which the embedded binaries lack',
  pg_tsdb_hypertable: 'needs the extension timescaledb, which the embedded binaries lack',
  pg_citus_node: 'needs the extension citus, which the embedded binaries lack',
  pg_sub_19: 'no binaries of PostgreSQL 19',
  pg_recovery_state: 'no binaries of PostgreSQL 19',
  pg_wal_19: 'no binaries of PostgreSQL 19',
  pg_lock_stat: 'no binaries of PostgreSQL 19',
  pg_vacuum_score: 'no binaries of PostgreSQL 19',
};

/** Branches that the test servers cannot run up to a version (exclusive), and why; later ones run them. */
export const unrunnableUntil: Readonly<Record<string, { readonly until: number; readonly reason: string }>> = {
  pg_extension: {
    until: 130000,
    reason: 'the embedded binaries have control files of a newer PostgreSQL, which the server refuses to read',
  },
};

/** Whether a test server of that version can run the branch. */
export function isRunnable(branch: string, versionNum: number): boolean {
  return !(branch in unrunnableBranches) && versionNum >= (unrunnableUntil[branch]?.until ?? 0);
}

/** Collectors that read an object the operator provides; the tests run them against one of their own making. */
export const standIns: Readonly<Record<string, string>> = {
  pg_shmem: 'function monitor.pg_shmem()',
  pg_heartbeat: 'table monitor.heartbeat',
  pg_table_bloat: 'view pg_table_bloat',
  pg_index_bloat: 'view pg_index_bloat',
};

/** What a role needs beyond pg_monitor. */
export interface Privileges {
  /** First version that has the objects; absent = all do. */
  readonly since?: number;
  /** Below it only a superuser may. */
  readonly superuserUntil: number;
  readonly grants: string;
}

/** Collectors that need more than pg_monitor: the tests grant it, or until that version ask as superuser. */
export const morePrivileges: Readonly<Record<string, Privileges>> = {
  pg_origin: {
    superuserUntil: 140000,
    grants: `
      GRANT SELECT ON pg_replication_origin_status TO pg_monitor;
      GRANT EXECUTE ON FUNCTION pg_show_replication_origin_status() TO pg_monitor`,
  },
  pg_config_file: {
    superuserUntil: 0,
    grants: `
      GRANT SELECT ON pg_file_settings TO pg_monitor;
      GRANT EXECUTE ON FUNCTION pg_show_all_file_settings() TO pg_monitor`,
  },
  pg_hba_file: {
    superuserUntil: 0,
    grants: `
      GRANT SELECT ON pg_hba_file_rules TO pg_monitor;
      GRANT EXECUTE ON FUNCTION pg_hba_file_rules() TO pg_monitor`,
  },
  pg_ident_file: {
    superuserUntil: 0,
    since: 150000,
    grants: `
      GRANT SELECT ON pg_ident_file_mappings TO pg_monitor;
      GRANT EXECUTE ON FUNCTION pg_ident_file_mappings() TO pg_monitor`,
  },
};
