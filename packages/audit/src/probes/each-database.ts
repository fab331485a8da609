import { ConnectError, openPgSession, withDatabase, type PgSession } from '@pgattest/connect';
import type { ProbeContext } from '../probe.ts';

/** What was seen in each database, and which databases could not be looked into. */
export interface PerDatabase<T> {
  /** By name. The connected database is always among them. */
  readonly examined: readonly (T & { readonly database: string })[];
  /** Databases this role may not enter: what is in them is unknown. */
  readonly closed: readonly { readonly database: string; readonly message: string }[];
}

/**
 * Looks into the connected database and then, one short session at a time, into every other one that takes
 * connections. Templates are left alone: a session in template1 makes CREATE DATABASE fail.
 */
export async function lookIntoDatabases<T extends object>(
  { pg, target, signal, logins }: ProbeContext,
  look: (session: PgSession) => Promise<T>,
): Promise<PerDatabase<T>> {
  const databases = await pg.rows<{ name: string; connected: string }>(
    `SELECT datname AS name, datname = current_database() AS connected
     FROM pg_database
     WHERE (datallowconn AND NOT datistemplate) OR datname = current_database()
     ORDER BY datname`,
    { signal },
  );
  const options = logins === undefined ? sessionOptions : { ...sessionOptions, logins };
  const examined: (T & { readonly database: string })[] = [];
  const closed: { readonly database: string; readonly message: string }[] = [];
  for (const { name: database, connected } of databases) {
    try {
      const seen = connected === 't' ? await look(pg) : await lookElsewhere();
      examined.push({ ...seen, database });
    } catch (error) {
      if (connected === 't' || !(error instanceof ConnectError) || !shutCodes.has(error.code)) throw error;
      closed.push({ database, message: error.message });
    }

    async function lookElsewhere(): Promise<T> {
      const session = await openPgSession(withDatabase(target, database), options, signal);
      try {
        return await look(session);
      } finally {
        await session.close();
      }
    }
  }
  return { examined, closed };
}

/** The server answered, and the answer is that this role does not get in: no CONNECT, no pg_hba rule, full. */
const shutCodes: ReadonlySet<string> = new Set(['auth_failed', 'permission_denied', 'too_many_connections']);

const sessionOptions = {
  connectTimeoutMs: 5_000,
  statementTimeoutMs: 5_000,
  lockTimeoutMs: 1_000,
  applicationName: 'pgattest',
} as const;
