import { defineProbe } from '../probe.ts';
import { lookIntoDatabases, type PerDatabase } from './each-database.ts';

/** Who may enter a database: privileges that PUBLIC, so every role, has on it. */
export interface Database {
  readonly name: string;
  readonly owner: string;
  readonly isTemplate: boolean;
  readonly allowsConnections: boolean;
  readonly publicConnect: boolean;
  readonly publicTemporary: boolean;
}

/** Schema public of one database. */
export interface PublicSchema {
  /** False when the database has no schema of that name. */
  readonly exists: boolean;
  readonly publicCreate: boolean;
}

export interface Databases {
  readonly all: readonly Database[];
  readonly publicSchema: PerDatabase<PublicSchema>;
}

/** Databases and what PUBLIC may do with each, and with its schema public. */
export const pgDatabases = defineProbe({
  id: 'pg.databases',
  subject: 'instance',
  title: 'Databases, and what PUBLIC may do in them and in their schema public',
  privilege: 'any login role that may connect to every database (GRANT CONNECT where PUBLIC has lost it)',
  grants: [],
  async collect(context): Promise<Databases> {
    const { pg, signal } = context;
    const rows = await pg.rows<{
      name: string;
      owner: string;
      template: string;
      allows: string;
      public_connect: string;
      public_temporary: string;
    }>(
      // An ACL of NULL stands for the built-in one, in which PUBLIC may connect and make temporary tables.
      `SELECT d.datname AS name,
              pg_get_userbyid(d.datdba) AS owner,
              d.datistemplate AS template,
              d.datallowconn AS allows,
              coalesce(bool_or(a.privilege_type = 'CONNECT'), false) AS public_connect,
              coalesce(bool_or(a.privilege_type = 'TEMPORARY'), false) AS public_temporary
       FROM pg_database d
       LEFT JOIN LATERAL aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a ON a.grantee = 0
       GROUP BY d.oid, d.datname, d.datdba, d.datistemplate, d.datallowconn
       ORDER BY d.datname`,
      { signal },
    );
    return {
      all: rows.map((row) => ({
        name: row.name,
        owner: row.owner,
        isTemplate: row.template === 't',
        allowsConnections: row.allows === 't',
        publicConnect: row.public_connect === 't',
        publicTemporary: row.public_temporary === 't',
      })),
      publicSchema: await lookIntoDatabases(context, async (session) => {
        const [schema] = await session.rows<{ public_create: string }>(
          `SELECT EXISTS (
                    SELECT FROM aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS a
                    WHERE a.grantee = 0 AND a.privilege_type = 'CREATE'
                  ) AS public_create
           FROM pg_namespace
           WHERE nspname = 'public'`,
          { signal },
        );
        return { exists: schema !== undefined, publicCreate: schema?.public_create === 't' };
      }),
    };
  },
});
