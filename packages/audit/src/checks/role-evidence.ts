import type { SqlEvidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';
import { evidenceRows } from './name-list.ts';
import { psqlRow, psqlRows, type PsqlValue } from './psql-output.ts';
import { sqlLiteral } from './sql-literal.ts';

type Role = FactMap['pg.roles']['roles'][number];

/** A column of pg_roles as evidence shows it: its SQL, and its value in the fact. */
export interface RoleColumn {
  readonly sql: string;
  readonly value: (role: Role) => PsqlValue;
}

/** Columns that verdicts rest on. */
export const roleColumns = {
  name: { sql: 'rolname', value: (role) => role.name },
  superuser: { sql: 'rolsuper', value: (role) => role.superuser },
  createRole: { sql: 'rolcreaterole', value: (role) => role.createRole },
  createDb: { sql: 'rolcreatedb', value: (role) => role.createDb },
  replication: { sql: 'rolreplication', value: (role) => role.replication },
  bypassRls: { sql: 'rolbypassrls', value: (role) => role.bypassRls },
  canLogin: { sql: 'rolcanlogin', value: (role) => role.canLogin },
  connectionLimit: { sql: 'rolconnlimit', value: (role) => role.connectionLimit },
  /** ISO 8601 in UTC, whatever DateStyle and TimeZone say. */
  validUntil: { sql: `to_json(rolvaliduntil AT TIME ZONE 'UTC') #>> '{}'`, value: (role) => role.validUntil },
} as const satisfies Readonly<Record<string, RoleColumn>>;

/** Evidence for one role: its name and these columns. */
export const roleEvidence = (role: Role, columns: readonly RoleColumn[], expected: Text): SqlEvidence => ({
  fact: 'pg.roles',
  at: `role ${role.name}`,
  actual: psqlRow(role.name, ...columns.map((column) => column.value(role))),
  expected,
  sql: `SELECT rolname, ${columns.map(({ sql }) => sql).join(', ')} FROM pg_roles WHERE rolname = ${sqlLiteral(role.name)}`,
});

/**
 * Evidence for the roles that meet a condition, the first twenty by name. `roles` must be those of the fact, in its
 * order, that meet `condition`.
 */
export const rolesEvidence = (
  roles: readonly Role[],
  condition: string,
  columns: readonly RoleColumn[],
  at: string,
  expected: Text,
): SqlEvidence => ({
  fact: 'pg.roles',
  at,
  actual: psqlRows(
    roles.slice(0, evidenceRows).map((role) => [role.name, ...columns.map((column) => column.value(role))]),
  ),
  expected,
  sql: `SELECT ${['rolname', ...columns.map(({ sql }) => sql)].join(', ')} FROM pg_roles WHERE ${condition} ORDER BY rolname LIMIT ${evidenceRows}`,
});
