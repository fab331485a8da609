import type { PgSession } from '@pgattest/connect';
import { madeObjects } from '../made-objects.ts';
import { defineProbe } from '../probe.ts';
import { lookIntoDatabases, type PerDatabase } from './each-database.ts';

type ObjectKind = 'table' | 'sequence' | 'function';

/** One privilege on objects of one kind in one schema. */
interface ObjectGrant {
  readonly kind: ObjectKind;
  readonly schema: string;
  readonly privilege: string;
  /** How many objects, and the first of them. */
  readonly objects: number;
  readonly example: string;
}

/** What somebody made in one database: what came with the server or with an extension is left out. */
export interface ObjectAccess {
  /** What PUBLIC, so every role, may do. */
  readonly publicGrants: readonly ObjectGrant[];
  /** Login roles, not owners, that may pass a privilege on. */
  readonly grantOptions: readonly (ObjectGrant & { readonly grantee: string })[];
  /** Who owns tables, views and sequences, and how many. */
  readonly owners: readonly { readonly owner: string; readonly relations: number }[];
  /** What is granted on objects to come. Null as a schema means all, as a grantee PUBLIC. */
  readonly defaultPrivileges: readonly DefaultPrivilege[];
}

/** ALTER DEFAULT PRIVILEGES of one owner. */
export interface DefaultPrivilege {
  readonly owner: string;
  readonly schema: string | null;
  readonly objects: 'TABLES' | 'SEQUENCES' | 'FUNCTIONS' | 'TYPES' | 'SCHEMAS';
  readonly grantee: string | null;
  readonly privilege: string;
}

/** Grants to PUBLIC, grant options, owners and default privileges, in every database this role may enter. */
export const pgObjectAccess = defineProbe({
  id: 'pg.object-access',
  subject: 'instance',
  title: 'Grants to PUBLIC, grant options, owners and default privileges of the objects of every database',
  privilege: 'any login role that may connect to every database (GRANT CONNECT where PUBLIC has lost it)',
  grants: [],
  collect(context): Promise<PerDatabase<ObjectAccess>> {
    const { signal } = context;
    return lookIntoDatabases(context, async (session) => ({
      publicGrants: await readPublicGrants(session, signal),
      grantOptions: await readGrantOptions(session, signal),
      owners: await readOwners(session, signal),
      defaultPrivileges: await readDefaultPrivileges(session, signal),
    }));
  },
});

interface GrantRow extends Readonly<Record<string, string>> {
  readonly kind: ObjectKind;
  readonly schema: string;
  readonly privilege: string;
  readonly objects: string;
  readonly example: string;
}

const toGrant = ({ kind, schema, privilege, objects, example }: GrantRow): ObjectGrant => ({
  kind,
  schema,
  privilege,
  objects: Number(objects),
  example,
});

async function readPublicGrants(session: PgSession, signal: AbortSignal): Promise<readonly ObjectGrant[]> {
  const rows = await session.rows<GrantRow>(
    `SELECT kind, schema, a.privilege_type AS privilege, count(*) AS objects, min(name::text COLLATE "C") AS example
     FROM (${madeObjects}) AS made
     CROSS JOIN LATERAL aclexplode(acl) AS a
     WHERE a.grantee = 0
     GROUP BY 1, 2, 3
     ORDER BY 1, 2, 3`,
    { signal },
  );
  return rows.map(toGrant);
}

async function readGrantOptions(session: PgSession, signal: AbortSignal): Promise<ObjectAccess['grantOptions']> {
  const rows = await session.rows<GrantRow & { readonly grantee: string }>(
    `SELECT kind, schema, a.privilege_type AS privilege, r.rolname AS grantee, count(*) AS objects,
            min(name::text COLLATE "C") AS example
     FROM (${madeObjects}) AS made
     CROSS JOIN LATERAL aclexplode(acl) AS a
     JOIN pg_roles r ON r.oid = a.grantee
     WHERE a.is_grantable AND a.grantee <> made.owner AND r.rolcanlogin
     GROUP BY 1, 2, 3, 4
     ORDER BY 4, 1, 2, 3`,
    { signal },
  );
  return rows.map((row) => ({ ...toGrant(row), grantee: row.grantee }));
}

async function readOwners(session: PgSession, signal: AbortSignal): Promise<ObjectAccess['owners']> {
  const rows = await session.rows<{ owner: string; relations: string }>(
    `SELECT pg_get_userbyid(owner) AS owner, count(*) AS relations
     FROM (${madeObjects}) AS made
     WHERE kind <> 'function'
     GROUP BY 1
     ORDER BY 1`,
    { signal },
  );
  return rows.map(({ owner, relations }) => ({ owner, relations: Number(relations) }));
}

async function readDefaultPrivileges(session: PgSession, signal: AbortSignal): Promise<readonly DefaultPrivilege[]> {
  const rows = await session.rows<{
    owner: string;
    schema: string | null;
    objects: DefaultPrivilege['objects'];
    grantee: string | null;
    privilege: string;
  }>(
    // Type S is sequences, T types, n schemas; r and f are relations and routines.
    `SELECT pg_get_userbyid(d.defaclrole) AS owner,
            n.nspname AS schema,
            CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                                 WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END AS objects,
            r.rolname AS grantee,
            a.privilege_type AS privilege
     FROM pg_default_acl d
     LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
     CROSS JOIN LATERAL aclexplode(d.defaclacl) AS a
     LEFT JOIN pg_roles r ON r.oid = a.grantee
     WHERE d.defaclobjtype IN ('r', 'S', 'f', 'T', 'n')
     ORDER BY 1, 2 NULLS FIRST, 3, 4 NULLS FIRST, 5`,
    { signal },
  );
  return rows;
}
