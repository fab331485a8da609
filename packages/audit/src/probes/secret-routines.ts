import { defineProbe } from '../probe.ts';
import { lookIntoDatabases, type PerDatabase } from './each-database.ts';

/** A SECURITY DEFINER routine that reads the secrets of roles, such as the auth_query of a pooler. */
export interface SecretRoutine {
  readonly schema: string;
  readonly name: string;
  /** Whether its body speaks of VALID UNTIL, LOGIN and superusers; it may still get them wrong. */
  readonly namesValidUntil: boolean;
  readonly namesLogin: boolean;
  readonly namesSuperuser: boolean;
}

/** Routines that read pg_authid or pg_shadow with their owner's rights, in every database this role may enter. */
export const pgSecretRoutines = defineProbe({
  id: 'pg.secret-routines',
  subject: 'instance',
  title: 'SECURITY DEFINER routines that read the secrets of roles, and what their bodies look at',
  privilege: 'any login role that may connect to every database',
  grants: [],
  collect(context): Promise<PerDatabase<{ readonly routines: readonly SecretRoutine[] }>> {
    return lookIntoDatabases(context, async (session) => {
      // A body in standard SQL (version 14 on) is no text until it is asked for.
      const body = session.versionNum >= 140000 ? 'coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)' : 'p.prosrc';
      const rows = await session.rows<Readonly<Record<'schema' | 'name' | 'until' | 'login' | 'super', string>>>(
        `SELECT n.nspname AS schema,
                p.proname AS name,
                ${body} ~* 'valid_?until' AS until,
                ${body} ~* 'rolcanlogin|pg_(catalog[.])?(shadow|user)' AS login,
                ${body} ~* 'rolsuper|usesuper' AS super
         FROM pg_proc p
         JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE p.prosecdef AND p.oid >= 16384 AND ${body} ~* 'pg_authid|pg_shadow'
         ORDER BY n.nspname, p.proname, p.oid`,
        { signal: context.signal },
      );
      return {
        routines: rows.map((row) => ({
          schema: row.schema,
          name: row.name,
          namesValidUntil: row.until === 't',
          namesLogin: row.login === 't',
          namesSuperuser: row.super === 't',
        })),
      };
    });
  },
});
