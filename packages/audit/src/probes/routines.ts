import { defineProbe } from '../probe.ts';
import { lookIntoDatabases, type PerDatabase } from './each-database.ts';

/** A routine that runs with its owner's rights. */
export interface DefinerRoutine {
  readonly schema: string;
  /** Name with argument types: `open_account(integer, text)`. */
  readonly signature: string;
  readonly owner: string;
  readonly ownerSuperuser: boolean;
  /** Whether the routine itself sets search_path. */
  readonly fixedSearchPath: boolean;
  readonly publicExecute: boolean;
}

/** SECURITY DEFINER routines that someone made, in every database this role may enter. */
export const pgRoutines = defineProbe({
  id: 'pg.routines',
  subject: 'instance',
  title: 'SECURITY DEFINER routines of every database',
  privilege: 'any login role that may connect to every database (GRANT CONNECT where PUBLIC has lost it)',
  grants: [],
  collect(context): Promise<PerDatabase<{ readonly routines: readonly DefinerRoutine[] }>> {
    return lookIntoDatabases(context, async (session) => {
      const rows = await session.rows<{
        schema: string;
        signature: string;
        owner: string;
        superuser: string;
        fixed: string;
        public_execute: string;
      }>(
        // Objects below 16384 came with the server.
        `SELECT n.nspname AS schema,
                p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS signature,
                r.rolname AS owner,
                r.rolsuper AS superuser,
                EXISTS (SELECT FROM unnest(p.proconfig) AS c WHERE c LIKE 'search\\_path=%') AS fixed,
                EXISTS (
                  SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
                  WHERE a.grantee = 0
                ) AS public_execute
         FROM pg_proc p
         JOIN pg_namespace n ON n.oid = p.pronamespace
         JOIN pg_roles r ON r.oid = p.proowner
         WHERE p.prosecdef AND p.oid >= 16384
         ORDER BY n.nspname, p.proname, pg_get_function_identity_arguments(p.oid) COLLATE "C"`,
        { signal: context.signal },
      );
      return {
        routines: rows.map((row) => ({
          schema: row.schema,
          signature: row.signature,
          owner: row.owner,
          ownerSuperuser: row.superuser === 't',
          fixedSearchPath: row.fixed === 't',
          publicExecute: row.public_execute === 't',
        })),
      };
    });
  },
});
