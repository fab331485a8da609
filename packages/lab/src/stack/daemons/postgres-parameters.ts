import { relative } from 'node:path/posix';
import type { LabOptions } from '../options.ts';

/** A parameter of PostgreSQL as Patroni's configuration has it. */
export type Parameters = Readonly<Record<string, string | number>>;

/**
 * Cluster-wide parameters: Pigsty's template (reference/pigsty/deployment.md section 3) at the size of a laptop, and
 * hardened where an audit asks for more: pgaudit, passwordcheck, auth_delay, TLS versions, session timeouts, logs that
 * are not overwritten. Kept in etcd by Patroni, so the text must be the same on every member.
 */
export function clusterParameters(options: Pick<LabOptions, 'durability' | 'backup'>, cluster: string): Parameters {
  return {
    ...capacity,
    ...walAndReplication,
    ...archiving(options, cluster),
    ...security,
    ...logging,
    ...observation,
    ...(options.durability === 'crit' ? critical : {}),
  };
}

/**
 * Parameters with paths of one member, relative to the data directory where PostgreSQL allows it: then the text is the
 * same on all members, and an audit that compares them has nothing to say.
 */
export function memberParameters(paths: {
  readonly data: string;
  readonly sock: string;
  readonly serverLog: string;
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}): Parameters {
  const fromData = (path: string): string => relative(paths.data, path);
  return {
    // Patroni reads it too, and from another directory.
    unix_socket_directories: paths.sock,
    log_directory: fromData(paths.serverLog),
    ssl_cert_file: fromData(paths.certificate),
    ssl_key_file: fromData(paths.key),
    ssl_ca_file: fromData(paths.authority),
  };
}

const capacity: Parameters = {
  max_connections: 100,
  superuser_reserved_connections: 10,
  max_worker_processes: 8,
  max_locks_per_transaction: 128,
  max_prepared_transactions: 0,
  shared_buffers: '64MB',
  max_parallel_workers_per_gather: 1,
};

const walAndReplication: Parameters = {
  wal_level: 'logical',
  wal_log_hints: 'on',
  track_commit_timestamp: 'on',
  max_wal_senders: 20,
  max_replication_slots: 20,
  wal_keep_size: '64MB',
  max_slot_wal_keep_size: '1GB',
  min_wal_size: '80MB',
  max_wal_size: '512MB',
  checkpoint_timeout: '5min',
  hot_standby: 'on',
  hot_standby_feedback: 'on',
};

function archiving({ backup }: Pick<LabOptions, 'backup'>, cluster: string): Parameters {
  if (!backup) return {};
  return {
    archive_mode: 'on',
    archive_timeout: '60s',
    // The configuration of the member is named by PGBACKREST_CONFIG in the environment of Patroni.
    archive_command: `pgbackrest --stanza=${cluster} archive-push "%p"`,
  };
}

const security: Parameters = {
  shared_preload_libraries: 'pg_stat_statements, auto_explain, pgaudit, passwordcheck, auth_delay',
  'auth_delay.milliseconds': 500,
  // Classes read and misc would log every statement of every monitoring query.
  'pgaudit.log': 'ddl, role, write',
  'pgaudit.log_catalog': 'off',
  password_encryption: 'scram-sha-256',
  authentication_timeout: '30s',
  idle_session_timeout: '30min',
  idle_in_transaction_session_timeout: '10min',
  // A client that vanished is noticed within two minutes instead of two hours.
  tcp_keepalives_idle: 60,
  tcp_keepalives_interval: 10,
  tcp_keepalives_count: 6,
  unix_socket_permissions: '0700',
  ssl: 'on',
  ssl_min_protocol_version: 'TLSv1.2',
  ssl_ciphers: 'HIGH:!aNULL:!MD5:!3DES',
  ssl_prefer_server_ciphers: 'on',
};

const logging: Parameters = {
  logging_collector: 'on',
  log_destination: 'csvlog',
  log_filename: 'postgresql-%Y-%m-%d_%H%M%S.log',
  log_file_mode: '0600',
  log_rotation_age: '1d',
  log_rotation_size: '100MB',
  log_truncate_on_rotation: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
  log_connections: 'on',
  log_disconnections: 'on',
  log_statement: 'ddl',
  log_replication_commands: 'on',
  log_min_duration_statement: '1s',
  log_checkpoints: 'on',
  log_lock_waits: 'on',
  log_temp_files: '1MB',
  log_autovacuum_min_duration: '1s',
};

const observation: Parameters = {
  'pg_stat_statements.max': 2500,
  'pg_stat_statements.track': 'all',
  'pg_stat_statements.track_utility': 'off',
  'auto_explain.log_min_duration': '1s',
  'auto_explain.log_analyze': 'on',
  track_io_timing: 'on',
  track_functions: 'all',
  track_activity_query_size: 8192,
  deadlock_timeout: '50ms',
};

/** What Pigsty's crit template changes. */
const critical: Parameters = {
  max_parallel_workers_per_gather: 0,
  idle_in_transaction_session_timeout: '1min',
  wal_writer_delay: '10ms',
  wal_writer_flush_after: 0,
  track_activity_query_size: 32_768,
};
