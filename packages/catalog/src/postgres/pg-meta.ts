import { defineCollector, gauge } from '../model.ts';

const identity = `
SELECT
  (SELECT system_identifier::text FROM pg_control_system()) AS cluster_id,
  current_setting('cluster_name') AS cluster_name,
  current_setting('port') AS listen_port,
  current_setting('data_directory') AS data_dir,
  current_setting('config_file') AS conf_path,
  current_setting('hba_file') AS hba_path,
  current_setting('wal_level') AS wal_level,
  current_setting('server_encoding') AS encoding,
  current_setting('server_version') AS version,
  current_setting('server_version_num') AS ver_num,
  version() AS ver_str,
  current_setting('shared_preload_libraries') AS extensions,`;

/**
 * Who this server is, as labels of a constant. Needs pg_read_all_settings (part of pg_monitor) for the paths.
 *
 * primary_conninfo often holds a password, and whoever may read the setting reads it in clear: the server blanks
 * every value of `password` and `sslpassword`, in the keyword form and in the URI form, before it leaves.
 */
export const pgMeta = defineCollector({
  id: 'pg_meta',
  source: 'postgres',
  scope: 'instance',
  help: 'Identity of the server as labels',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 103,
  labels: {
    cluster_id: 'System identifier, the same on every member of a cluster',
    cluster_name: 'Setting cluster_name',
    listen_port: 'Setting port',
    data_dir: 'Data directory',
    conf_path: 'Path of postgresql.conf',
    hba_path: 'Path of pg_hba.conf',
    wal_level: 'Setting wal_level',
    encoding: 'Encoding of the connected database',
    version: 'Version as people write it',
    ver_num: 'Version as a number, for example 170002',
    ver_str: 'Version with compiler and platform',
    extensions: 'Setting shared_preload_libraries',
    primary_conninfo: 'Setting primary_conninfo without passwords, N/A before version 13',
  },
  metrics: {
    info: gauge('info', 'Identity of the server, constantly 1'),
  },
  variants: [
    {
      branch: 'pg_meta_13',
      since: 130000,
      sql: `${identity}
  CASE
    WHEN current_setting('primary_conninfo') ~ '^postgres(ql)?://' THEN
      regexp_replace(
        regexp_replace(current_setting('primary_conninfo'), '^([a-z]+://[^:@/?]*):.*@', '\\1:***@'),
        '(password=)[^&]*', '\\1***', 'g'
      )
    ELSE
      regexp_replace(
        current_setting('primary_conninfo'),
        '(password\\s*=\\s*)(''(\\\\.|''''|[^''\\\\])*''|(\\\\.|\\S)*)', '\\1***', 'g'
      )
  END AS primary_conninfo,
  1 AS info`,
    },
    {
      branch: 'pg_meta_10',
      since: 90600,
      until: 130000,
      sql: `${identity}
  'N/A'::text AS primary_conninfo,
  1 AS info`,
    },
  ],
});
