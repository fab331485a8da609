import type { PgSession } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';

/** One row of pg_roles. */
export interface Role {
  readonly name: string;
  /** The role initdb made (oid 10): it can never lose superuser. */
  readonly isBootstrap: boolean;
  readonly superuser: boolean;
  readonly createRole: boolean;
  readonly createDb: boolean;
  readonly canLogin: boolean;
  readonly replication: boolean;
  readonly bypassRls: boolean;
  /** -1 is no limit. */
  readonly connectionLimit: number;
  /** UTC without a zone: `2027-01-31T16:00:00`, or `infinity`; null when never set. */
  readonly validUntil: string | null;
}

/** `member` holds `role` directly, whatever the options of the grant. */
export interface Membership {
  readonly role: string;
  readonly member: string;
}

/** A value that replaces the server's for one role, one database, or both. */
export interface RoleSetting {
  /** Null means every database. */
  readonly database: string | null;
  /** Null means every role. */
  readonly role: string | null;
  readonly name: string;
  readonly value: string;
}

/** GRANT SET or ALTER SYSTEM ON PARAMETER (PostgreSQL 15 on). */
export interface ParameterGrant {
  readonly parameter: string;
  /** Null means PUBLIC. */
  readonly grantee: string | null;
  readonly privilege: string;
}

export interface Roles {
  readonly roles: readonly Role[];
  readonly memberships: readonly Membership[];
  readonly settings: readonly RoleSetting[];
  /** Empty before version 15, which cannot grant them. */
  readonly parameterGrants: readonly ParameterGrant[];
}

/** Roles, who is a member of whom, settings bound to roles and databases, and granted parameters. */
export const pgRoles = defineProbe({
  id: 'pg.roles',
  subject: 'instance',
  title: 'Roles, memberships, settings per role and database, granted parameters',
  privilege: 'any login role',
  grants: [],
  async collect({ pg, signal }): Promise<Roles> {
    return {
      roles: await readRoles(pg, signal),
      memberships: await pg.rows<{ role: string; member: string }>(
        `SELECT DISTINCT r.rolname AS role, m.rolname AS member
         FROM pg_auth_members a
         JOIN pg_roles r ON r.oid = a.roleid
         JOIN pg_roles m ON m.oid = a.member
         ORDER BY 1, 2`,
        { signal },
      ),
      settings: await readSettings(pg, signal),
      parameterGrants:
        pg.versionNum < 150000
          ? []
          : await pg.rows<{ parameter: string; grantee: string | null; privilege: string }>(
              `SELECT p.parname AS parameter, r.rolname AS grantee, a.privilege_type AS privilege
               FROM pg_parameter_acl p
               CROSS JOIN aclexplode(p.paracl) AS a
               LEFT JOIN pg_roles r ON r.oid = a.grantee
               ORDER BY 1, 2 NULLS FIRST, 3`,
              { signal },
            ),
    };
  },
});

async function readRoles(pg: PgSession, signal: AbortSignal): Promise<readonly Role[]> {
  const rows = await pg.rows<Readonly<Record<RoleColumn, string>> & { readonly valid_until: string | null }>(
    // to_json writes ISO 8601 whatever DateStyle says, and knows infinity.
    `SELECT rolname AS name,
            oid = 10 AS bootstrap,
            rolsuper AS superuser,
            rolcreaterole AS create_role,
            rolcreatedb AS create_db,
            rolcanlogin AS can_login,
            rolreplication AS replication,
            rolbypassrls AS bypass_rls,
            rolconnlimit AS connection_limit,
            to_json(rolvaliduntil AT TIME ZONE 'UTC') #>> '{}' AS valid_until
     FROM pg_roles
     ORDER BY rolname`,
    { signal },
  );
  return rows.map((row) => ({
    name: row.name,
    isBootstrap: row.bootstrap === 't',
    superuser: row.superuser === 't',
    createRole: row.create_role === 't',
    createDb: row.create_db === 't',
    canLogin: row.can_login === 't',
    replication: row.replication === 't',
    bypassRls: row.bypass_rls === 't',
    connectionLimit: Number(row.connection_limit),
    validUntil: row.valid_until,
  }));
}

type RoleColumn =
  | 'name'
  | 'bootstrap'
  | 'superuser'
  | 'create_role'
  | 'create_db'
  | 'can_login'
  | 'replication'
  | 'bypass_rls'
  | 'connection_limit';

/** Settings of applications (`app.token`) may hold secrets and decide nothing here: only the server's own are read. */
async function readSettings(pg: PgSession, signal: AbortSignal): Promise<readonly RoleSetting[]> {
  return pg.rows<{ database: string | null; role: string | null; name: string; value: string }>(
    `SELECT d.datname AS database,
            r.rolname AS role,
            split_part(c, '=', 1) AS name,
            substr(c, strpos(c, '=') + 1) AS value
     FROM pg_db_role_setting s
     CROSS JOIN unnest(s.setconfig) AS c
     LEFT JOIN pg_database d ON d.oid = s.setdatabase
     LEFT JOIN pg_roles r ON r.oid = s.setrole
     WHERE split_part(c, '=', 1) ~ '^([^.]+|(pgaudit|credcheck|auth_delay|passwordcheck|set_user)[.].*)$'
     ORDER BY 1 NULLS FIRST, 2 NULLS FIRST, split_part(c, '=', 1) COLLATE "C"`,
    { signal },
  );
}
