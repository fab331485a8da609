import type { PgSession } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';
import { lookIntoDatabases, type PerDatabase } from './each-database.ts';

/** One user mapping. Of its options only names are read, and whether a password is required. */
export interface UserMapping {
  readonly server: string;
  /** Null means PUBLIC. */
  readonly user: string | null;
  readonly userIsSuperuser: boolean;
  /** Null when this role may not look. */
  readonly hasPassword: boolean | null;
  /** False where password_required is false; null when this role may not look. */
  readonly requiresPassword: boolean | null;
}

/** Ways out of one database to another server. */
export interface ForeignAccess {
  readonly mappings: readonly UserMapping[];
  /** Who, beside its owner, may execute dblink_connect_u, which needs no password; null stands for PUBLIC. */
  readonly unsafeDblink: readonly (string | null)[];
}

/** User mappings and the dblink functions, in every database this role may enter. */
export const pgForeignAccess = defineProbe({
  id: 'pg.foreign-access',
  subject: 'instance',
  title: 'User mappings of foreign servers (names of options, never values) and who may use dblink without a password',
  privilege: 'where user mappings exist SELECT on pg_user_mapping, in each database that has them',
  grants: ['GRANT SELECT ON pg_catalog.pg_user_mapping TO {role}'],
  collect(context): Promise<PerDatabase<ForeignAccess>> {
    const { signal } = context;
    return lookIntoDatabases(context, async (session) => ({
      mappings: await readMappings(session, signal),
      unsafeDblink: await readUnsafeDblink(session, signal),
    }));
  },
});

async function readMappings(session: PgSession, signal: AbortSignal): Promise<readonly UserMapping[]> {
  const [may] = await session.rows<{ look: string }>(
    `SELECT has_column_privilege('pg_catalog.pg_user_mapping', 'umoptions', 'SELECT') AS look`,
    { signal },
  );
  const option = (pattern: string): string =>
    may?.look === 't'
      ? `EXISTS (SELECT FROM pg_catalog.pg_user_mapping u, unnest(u.umoptions) AS o WHERE u.oid = m.umid AND o ~ '${pattern}')`
      : 'NULL';
  const rows = await session.rows<{
    server: string;
    user: string | null;
    superuser: string | null;
    password: string | null;
    waived: string | null;
  }>(
    `SELECT m.srvname AS server,
            CASE m.umuser WHEN 0 THEN NULL ELSE m.usename END AS user,
            r.rolsuper AS superuser,
            ${option('^(password|passwd)=')} AS password,
            ${option('^password_required=(f|false|off|no|0)$')} AS waived
     FROM pg_user_mappings m
     LEFT JOIN pg_roles r ON r.oid = m.umuser
     ORDER BY 1, 2 NULLS FIRST`,
    { signal },
  );
  return rows.map(({ server, user, superuser, password, waived }) => ({
    server,
    user,
    userIsSuperuser: superuser === 't',
    hasPassword: password === null ? null : password === 't',
    requiresPassword: waived === null ? null : waived !== 't',
  }));
}

async function readUnsafeDblink(session: PgSession, signal: AbortSignal): Promise<readonly (string | null)[]> {
  const rows = await session.rows<{ grantee: string | null }>(
    `SELECT DISTINCT r.rolname AS grantee
     FROM pg_proc p
     CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
     LEFT JOIN pg_roles r ON r.oid = a.grantee
     WHERE p.proname = 'dblink_connect_u' AND p.oid >= 16384 AND a.grantee <> p.proowner
     ORDER BY 1 NULLS FIRST`,
    { signal },
  );
  return rows.map(({ grantee }) => grantee);
}
