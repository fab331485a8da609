import { ConnectError, type PgSession } from '@pgattest/connect';
import type { Inventory, ServerFacts } from './facts.ts';

/** Needs no relation lock, so it answers whatever is locked; the role must be known even then. */
const identitySql = `
SELECT pg_catalog.pg_is_in_recovery() AS in_recovery,
       pg_catalog.current_database()  AS database,
       CURRENT_USER                   AS username`;

/** Reads three catalogues and therefore can wait for a lock. */
const inventorySql = `
SELECT (SELECT pg_catalog.json_agg(datname ORDER BY datname)
          FROM pg_catalog.pg_database
         WHERE datallowconn AND NOT datistemplate) AS databases,
       (SELECT pg_catalog.json_agg(nspname ORDER BY nspname) FROM pg_catalog.pg_namespace) AS schemas,
       (SELECT pg_catalog.json_agg(extname ORDER BY extname) FROM pg_catalog.pg_extension) AS extensions`;

/** How long one statement may take, and what ends the wait early. */
export interface FactsDeadline {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Version, role, database and user of a server: what a plan cannot do without. */
export type ServerIdentity = Omit<ServerFacts, 'inventory'>;

/** Two statements a scrape: cheap, and never a role from a scrape ago. Throws ConnectError. */
export async function readIdentity(
  session: PgSession,
  isDiscovered: boolean,
  deadline: FactsDeadline,
): Promise<ServerIdentity> {
  const [row] = await session.rows(identitySql, deadline);
  const inRecovery = row?.['in_recovery'];
  const database = row?.['database'];
  const username = row?.['username'];
  if ((inRecovery !== 't' && inRecovery !== 'f') || typeof database !== 'string' || typeof username !== 'string') {
    throw new ConnectError('invalid_data', 'server did not say whether it is in recovery; is it PostgreSQL?');
  }
  return {
    versionNum: session.versionNum,
    role: inRecovery === 't' ? 'replica' : 'primary',
    database,
    currentUser: username,
    isDiscovered,
  };
}

/** Databases, schemas and extensions. Throws ConnectError, with SQLSTATE 55P03 when a catalogue is locked. */
export async function readInventory(session: PgSession, deadline: FactsDeadline): Promise<Inventory> {
  const [row] = await session.rows(inventorySql, deadline);
  return {
    databases: namesIn(row?.['databases']),
    schemas: namesIn(row?.['schemas']),
    extensions: namesIn(row?.['extensions']),
  };
}

/** json_agg of no rows is NULL: an empty list. */
function namesIn(json: string | null | undefined): readonly string[] {
  const names: unknown = json === null || json === undefined ? [] : JSON.parse(json);
  if (!Array.isArray(names)) throw new ConnectError('invalid_data', 'server did not return a list of names');
  return names.map(String);
}
