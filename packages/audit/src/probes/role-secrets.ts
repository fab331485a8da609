import { defineProbe } from '../probe.ts';

/** What kind of password verifier a login role has. The verifier itself is reduced on the server and never read. */
export interface RoleSecret {
  readonly name: string;
  /** Null when the role has no password; `unknown` is neither form the server writes today. */
  readonly method: 'scram-sha-256' | 'md5' | 'unknown' | null;
  /** PBKDF2 iterations of a SCRAM verifier; null otherwise. */
  readonly iterations: number | null;
}

/** Kind of password verifier of every role that can log in. */
export const pgRoleSecrets = defineProbe({
  id: 'pg.role-secrets',
  subject: 'instance',
  title: 'Kind and iterations of the stored password verifiers (never the verifiers)',
  privilege: 'SELECT on columns rolname, rolcanlogin and rolpassword of pg_authid, in the database it connects to',
  grants: ['GRANT SELECT (rolname, rolcanlogin, rolpassword) ON pg_catalog.pg_authid TO {role}'],
  async collect({ pg, signal }): Promise<readonly RoleSecret[]> {
    const rows = await pg.rows<{ name: string; method: string | null; iterations: string | null }>(
      `SELECT rolname AS name,
              CASE WHEN rolpassword IS NULL THEN NULL
                   WHEN rolpassword ~ '^SCRAM-SHA-256[$][0-9]+:' THEN 'scram-sha-256'
                   WHEN rolpassword ~ '^md5[0-9a-f]{32}$' THEN 'md5'
                   ELSE 'unknown'
              END AS method,
              substring(rolpassword FROM '^SCRAM-SHA-256[$]([0-9]+):') AS iterations
       FROM pg_authid
       WHERE rolcanlogin
       ORDER BY rolname`,
      { signal },
    );
    return rows.map(({ name, method, iterations }) => ({
      name,
      method: method === null || method === 'scram-sha-256' || method === 'md5' ? method : 'unknown',
      iterations: iterations === null ? null : Number(iterations),
    }));
  },
});
