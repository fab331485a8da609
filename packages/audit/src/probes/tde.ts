import { ConnectError, type PgSession } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';
import { encryptedTablesSql, tdeProvidersSql } from '../tde-queries.ts';
import { lookIntoDatabases, type PerDatabase } from './each-database.ts';

/** Encryption of one database by an extension that encrypts its files. */
export interface DatabaseTde {
  /** Version of pg_tde in this database; null where it is not created. */
  readonly extension: string | null;
  /** Tables of users, by whether their access method encrypts. */
  readonly encrypted: number;
  readonly plain: readonly string[];
  /** `database file`, `global vault-v2`: where keys come from; null when this role may not ask. */
  readonly providers: readonly string[] | null;
}

/** Tables and key providers of transparent data encryption (pg_tde) in every database. */
export const pgTde = defineProbe({
  id: 'pg.tde',
  subject: 'instance',
  title: 'Transparent data encryption: tables that pg_tde encrypts or does not, kinds of key providers',
  privilege: 'CONNECT on every database; EXECUTE on pg_tde_list_all_database_key_providers and its global kin',
  grants: [],
  async collect(context): Promise<PerDatabase<DatabaseTde>> {
    return lookIntoDatabases(context, (session) => readTde(session, context.signal));
  },
});

async function readTde(session: PgSession, signal: AbortSignal): Promise<DatabaseTde> {
  const [extension] = await session.rows<{ extversion: string }>(
    `SELECT extversion FROM pg_extension WHERE extname = 'pg_tde'`,
    { signal },
  );
  if (extension === undefined) return { extension: null, encrypted: 0, plain: [], providers: [] };
  const tables = await session.rows<{ name: string; encrypted: string }>(encryptedTablesSql, { signal });
  return {
    extension: extension.extversion,
    encrypted: tables.filter(({ encrypted }) => encrypted === 't').length,
    plain: tables.filter(({ encrypted }) => encrypted !== 't').map(({ name }) => name),
    providers: await findProviders(session, signal),
  };
}

/** Options of a provider may name its credentials: they stay in the server. */
async function findProviders(session: PgSession, signal: AbortSignal): Promise<readonly string[] | null> {
  try {
    const rows = await session.rows<{ provider: string }>(tdeProvidersSql, { signal });
    return rows.map(({ provider }) => provider);
  } catch (error) {
    // A version without these functions, or a role that may not call them: unknown, and no failure of the rest.
    if (error instanceof ConnectError && (error.code === 'permission_denied' || error.code === 'query_failed'))
      return null;
    throw error;
  }
}
