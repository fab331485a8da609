/** What distinguishes one demo node from another. */
export interface NodeConfiguration {
  readonly versionNum: number;
  readonly clusterName: string;
  readonly port: number;
  readonly socketDir: string;
  readonly archiveDir: string;
  /** False only for tests that need speed: sets fsync = off. */
  readonly durable: boolean;
  /** Present on a standby. */
  readonly standby: StandbyConfiguration | undefined;
}

/** How a standby finds its primary. */
export interface StandbyConfiguration {
  readonly conninfo: string;
  readonly slot: string;
}

type Settings = Readonly<Record<string, string | number>>;

/** File that `setSettings` writes; read last, so it wins. */
export const overridesFile = 'overrides.conf';

/** A complete postgresql.conf: hardened as far as the bundled server allows (it has no pgaudit), valid for PostgreSQL 10 to 18. */
export function renderConfiguration(node: NodeConfiguration): string {
  const since = (version: number, settings: Settings): Settings => (node.versionNum >= version ? settings : {});
  const settings: Settings = {
    listen_addresses: '127.0.0.1',
    port: node.port,
    cluster_name: node.clusterName,
    unix_socket_directories: node.socketDir,
    unix_socket_permissions: '0700',
    max_connections: 60,
    shared_buffers: '32MB',
    shared_preload_libraries: 'pg_stat_statements, auth_delay, passwordcheck',
    'auth_delay.milliseconds': 500,
    'pg_stat_statements.track_utility': 'off',
    track_io_timing: 'on',

    password_encryption: 'scram-sha-256',
    authentication_timeout: '30s',
    idle_in_transaction_session_timeout: '5min',
    ...since(140000, { idle_session_timeout: '15min' }),
    // A peer that vanished is noticed within two minutes instead of two hours.
    tcp_keepalives_idle: 60,
    tcp_keepalives_interval: 10,
    tcp_keepalives_count: 6,

    ssl: 'on',
    ssl_cert_file: 'server.crt',
    ssl_key_file: 'server.key',
    ssl_ciphers: 'HIGH:!aNULL:!MD5:!3DES',
    ssl_prefer_server_ciphers: 'on',
    ...since(120000, { ssl_min_protocol_version: 'TLSv1.2' }),

    wal_level: 'replica',
    max_wal_senders: 10,
    max_replication_slots: 10,
    ...since(130000, { max_slot_wal_keep_size: '1GB' }),
    hot_standby: 'on',
    wal_receiver_status_interval: '1s',
    wal_retrieve_retry_interval: '500ms',
    min_wal_size: '80MB',
    max_wal_size: '256MB',
    ...(node.durable ? {} : { fsync: 'off' }),
    archive_mode: 'on',
    ...(node.versionNum >= 150000
      ? { archive_library: 'basic_archive', 'basic_archive.archive_directory': node.archiveDir }
      : { archive_command: `test ! -f "${node.archiveDir}/%f" && cp "%p" "${node.archiveDir}/%f"` }),

    logging_collector: 'on',
    // One form for people, one for programs.
    log_destination: 'stderr,csvlog',
    log_directory: 'log',
    log_filename: 'postgresql-%Y-%m-%d_%H%M%S.log',
    log_file_mode: '0600',
    log_rotation_age: '1d',
    log_rotation_size: '100MB',
    log_truncate_on_rotation: 'off',
    log_line_prefix: '%m [%p] user=%u,db=%d,app=%a,client=%h,state=%e ',
    log_timezone: 'UTC',
    timezone: 'UTC',
    log_connections: node.versionNum >= 180000 ? 'receipt,authentication,authorization' : 'on',
    log_disconnections: 'on',
    log_statement: 'ddl',
    log_replication_commands: 'on',
    log_min_duration_statement: '1s',
    log_lock_waits: 'on',
    ...since(180000, { log_lock_failures: 'on' }),
    log_checkpoints: 'on',
    log_temp_files: '10MB',
    log_autovacuum_min_duration: '1min',

    ...(node.standby !== undefined ? since(120000, standbySettings(node.standby)) : {}),
  };
  return `${renderSettings(settings)}include_if_exists = '${overridesFile}'\n`;
}

/** recovery.conf of a standby before PostgreSQL 12; later versions have these in postgresql.conf. */
export function renderRecoveryConf(standby: StandbyConfiguration): string {
  return renderSettings({
    standby_mode: 'on',
    recovery_target_timeline: 'latest',
    ...standbySettings(standby),
  });
}

/** Lines `name = 'value'`, quoted as postgresql.conf wants. */
export function renderSettings(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${String(value).replaceAll('\\', '\\\\').replaceAll("'", "''")}'\n`)
    .join('');
}

function standbySettings(standby: StandbyConfiguration): Settings {
  return { primary_conninfo: standby.conninfo, primary_slot_name: standby.slot };
}
