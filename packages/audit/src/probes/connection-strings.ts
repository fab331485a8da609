import { ConnectError, type PgSession } from '@pgattest/connect';
import { passwordPattern } from '../password-pattern.ts';
import { defineProbe } from '../probe.ts';

/** A place that holds a connection string or a command, and whether a password stands in it. */
export interface ConnectionString {
  readonly catalog: 'pg_settings' | 'pg_stat_wal_receiver' | 'pg_db_role_setting' | 'pg_subscription';
  /** Name of the setting or the subscription. */
  readonly name: string;
  /** pg_db_role_setting: null means every database. Of a subscription: its database. */
  readonly database: string | null;
  /** pg_db_role_setting: null means every role. */
  readonly role: string | null;
  readonly hasPassword: boolean;
  /** Whether any login role may read it, rather than members of pg_read_all_settings or superusers alone. */
  readonly readableByAll: boolean;
}

/** Which settings and catalog entries carry a password. Only yes or no leaves the server. */
export const pgConnectionStrings = defineProbe({
  id: 'pg.connection-strings',
  subject: 'instance',
  title: 'Which connection strings and commands hold a password (yes or no, never the text)',
  privilege:
    'pg_monitor; where subscriptions exist also SELECT on pg_subscription.subconninfo, in the database it connects to',
  grants: ['GRANT pg_monitor TO {role}', 'GRANT SELECT (subconninfo) ON pg_catalog.pg_subscription TO {role}'],
  async collect({ pg, signal }): Promise<readonly ConnectionString[]> {
    const rows = await pg.rows<{
      catalog: ConnectionString['catalog'];
      name: string;
      database: string | null;
      role: string | null;
      has_password: string;
      by_all: string;
    }>(
      // Before version 12 the standby's connection is no setting; its receiver shows a password as asterisks.
      `SELECT 'pg_settings' AS catalog, name, NULL AS database, NULL AS role,
              setting ~* '${passwordPattern}' AS has_password,
              name <> 'primary_conninfo' AS by_all
       FROM pg_settings
       WHERE name IN ('primary_conninfo', 'archive_command', 'restore_command', 'archive_cleanup_command',
                      'recovery_end_command')
          OR setting ~* '${passwordPattern}'
       UNION ALL
       SELECT 'pg_stat_wal_receiver', 'conninfo', NULL, NULL, conninfo ~* '${passwordPattern}', false
       FROM pg_stat_wal_receiver
       WHERE current_setting('server_version_num')::int < 120000
       UNION ALL
       SELECT 'pg_db_role_setting', split_part(c, '=', 1), d.datname, r.rolname, true, true
       FROM pg_db_role_setting s
       CROSS JOIN unnest(s.setconfig) AS c
       LEFT JOIN pg_database d ON d.oid = s.setdatabase
       LEFT JOIN pg_roles r ON r.oid = s.setrole
       WHERE c ~* '${passwordPattern}'
       ORDER BY 1, 2, 3 NULLS FIRST, 4 NULLS FIRST`,
      { signal },
    );
    if (pg.versionNum >= 120000 && !rows.some(({ name }) => name === 'primary_conninfo')) {
      throw new ConnectError(
        'permission_denied',
        'primary_conninfo is hidden from this role in pg_settings; grant pg_monitor, or run "audit doctor"',
      );
    }
    return [
      ...rows.map((row) => ({
        catalog: row.catalog,
        name: row.name,
        database: row.database,
        role: row.role,
        hasPassword: row.has_password === 't',
        readableByAll: row.by_all === 't',
      })),
      ...(await readSubscriptions(pg, signal)),
    ];
  },
});

/** Empty without subscriptions, so that the privilege is only missed where there is something to read. */
async function readSubscriptions(pg: PgSession, signal: AbortSignal): Promise<readonly ConnectionString[]> {
  const names = await pg.rows<{ name: string }>('SELECT subname AS name FROM pg_subscription', { signal });
  if (names.length === 0) return [];
  const rows = await pg.rows<{ name: string; database: string; has_password: string }>(
    `SELECT s.subname AS name, d.datname AS database, s.subconninfo ~* '${passwordPattern}' AS has_password
     FROM pg_subscription s
     JOIN pg_database d ON d.oid = s.subdbid
     ORDER BY d.datname, s.subname`,
    { signal },
  );
  return rows.map(({ name, database, has_password: hasPassword }) => ({
    catalog: 'pg_subscription',
    name,
    database,
    role: null,
    hasPassword: hasPassword === 't',
    readableByAll: false,
  }));
}
