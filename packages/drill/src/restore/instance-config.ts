/** Where the pieces of a scratch instance lie. */
export interface ScratchLayout {
  /** Made by the drill, removed by it, 0700. */
  readonly root: string;
  readonly dataDir: string;
  readonly tablespaceDir: string;
  readonly socketDir: string;
  readonly logFile: string;
  readonly configFile: string;
  readonly hbaFile: string;
  readonly identFile: string;
}

/** The places of a scratch instance below its root. */
export const scratchLayout = (root: string): ScratchLayout => ({
  root,
  dataDir: `${root}/data`,
  tablespaceDir: `${root}/tablespaces`,
  socketDir: `${root}/s`,
  logFile: `${root}/server.log`,
  configFile: `${root}/postgresql.conf`,
  hbaFile: `${root}/pg_hba.conf`,
  identFile: `${root}/pg_ident.conf`,
});

/** What the scratch instance recovers to. */
export interface RecoverySettings {
  readonly restoreCommand: string;
  /** ISO 8601; undefined = the end of the archive. */
  readonly targetTime: string | undefined;
  readonly targetTimeline: string;
}

/** A value of postgresql.conf. */
const quoted = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/**
 * Settings given on the command line, above every file: whatever the restored configuration says, the copy hears nothing
 * but its socket, archives nothing, replicates nothing, and loads nothing.
 */
export function isolationSettings(layout: ScratchLayout, port: number): Readonly<Record<string, string>> {
  return {
    config_file: layout.configFile,
    hba_file: layout.hbaFile,
    ident_file: layout.identFile,
    data_directory: layout.dataDir,
    external_pid_file: '',
    port: String(port),
    listen_addresses: '',
    unix_socket_directories: layout.socketDir,
    unix_socket_permissions: '0700',
    ssl: 'off',
    archive_mode: 'off',
    archive_command: '',
    archive_cleanup_command: '',
    recovery_end_command: '',
    primary_conninfo: '',
    primary_slot_name: '',
    hot_standby: 'off',
    synchronous_standby_names: '',
    max_logical_replication_workers: '0',
    shared_preload_libraries: '',
    session_preload_libraries: '',
    local_preload_libraries: '',
    autovacuum: 'off',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_min_messages: 'log',
    log_timezone: 'UTC',
    lc_messages: 'C',
    cluster_name: 'pgattest-drill',
  };
}

/** postgresql.conf of the copy: small, and not below what the primary recorded in pg_control. */
export function instanceConfig(minimums: Readonly<Record<string, string>>): string {
  const settings: Readonly<Record<string, string>> = {
    shared_buffers: '64MB',
    checkpoint_timeout: '1h',
    jit: 'off',
    ...minimums,
    max_wal_senders: '0',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${quoted(value)}\n`)
    .join('');
}

/** postgresql.auto.conf of the copy; replaces the restored one, so that no ALTER SYSTEM of the primary lives on. */
export function recoveryConfig({ restoreCommand, targetTime, targetTimeline }: RecoverySettings): string {
  // Read before time zones are known to the server: an offset is, the letter Z is not.
  const time = targetTime?.replace('T', ' ').replace(/Z$/, '+00');
  const target = time === undefined ? [] : [['recovery_target_time', time] as const];
  return [
    ['restore_command', restoreCommand] as const,
    ['recovery_target_timeline', targetTimeline] as const,
    ['recovery_target_action', 'promote'] as const,
    ...target,
  ]
    .map(([name, value]) => `${name} = ${quoted(value)}\n`)
    .join('');
}
