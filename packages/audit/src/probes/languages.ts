import { defineProbe } from '../probe.ts';
import { lookIntoDatabases, type PerDatabase } from './each-database.ts';

/** A language that is not confined by the server, and what was written in it. */
export interface UntrustedLanguage {
  /** `plpython3u`, or `c` for functions loaded from a library outside any extension. */
  readonly name: string;
  /** Routines in it that no extension brought. */
  readonly routines: number;
  /** How many of them somebody other than a superuser may run or replace. */
  readonly usable: number;
}

/** Untrusted procedural languages, and C functions that no extension brought, of every database. */
export const pgLanguages = defineProbe({
  id: 'pg.languages',
  subject: 'instance',
  title: 'Untrusted languages and loaded C functions of every database',
  privilege: 'any login role that may connect to every database (GRANT CONNECT where PUBLIC has lost it)',
  grants: [],
  collect(context): Promise<PerDatabase<{ readonly languages: readonly UntrustedLanguage[] }>> {
    return lookIntoDatabases(context, async (session) => {
      const rows = await session.rows<{ name: string; routines: string; usable: string }>(
        // Objects below 16384 came with the server; C itself is always there and only counts when it is used.
        `SELECT l.lanname AS name,
                count(p.oid) AS routines,
                count(p.oid) FILTER (WHERE NOT o.rolsuper OR EXISTS (
                  SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
                  LEFT JOIN pg_roles g ON g.oid = a.grantee
                  WHERE NOT coalesce(g.rolsuper, false)
                )) AS usable
         FROM pg_language l
         LEFT JOIN pg_proc p
           ON p.prolang = l.oid
          AND p.oid >= 16384
          AND NOT EXISTS (
                SELECT FROM pg_depend d
                WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
              )
         LEFT JOIN pg_roles o ON o.oid = p.proowner
         WHERE NOT l.lanpltrusted AND l.lanname <> 'internal'
         GROUP BY l.lanname
         HAVING l.lanname <> 'c' OR count(p.oid) > 0
         ORDER BY l.lanname`,
        { signal: context.signal },
      );
      return {
        languages: rows.map((row) => ({
          name: row.name,
          routines: Number(row.routines),
          usable: Number(row.usable),
        })),
      };
    });
  },
});
