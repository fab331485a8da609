import { Client } from 'pg';

/** One row, every value the server's text or null. */
export type TextRow = Readonly<Record<string, string | null>>;

/** SQL as the superuser over the node's Unix socket; one short connection a call. */
export interface Admin {
  exec(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly TextRow[]>;
}

/** Where and as whom the superuser connects. */
export interface AdminTarget {
  readonly socketDir: string;
  readonly port: number;
  readonly password: string;
  readonly database: string;
}

/** Values untouched: what the server wrote is what the caller sees. */
const textTypes = { getTypeParser: () => (value: string) => value };

/** An admin whose calls each open and close a connection, so that nothing of it is left in pg_stat_activity. */
export function createAdmin(target: AdminTarget): Admin {
  return {
    async exec(sql) {
      await withAdminClient(target, async (client) => client.query(sql));
    },
    async rows(sql) {
      return withAdminClient(target, async (client) => (await client.query<TextRow>(sql)).rows);
    },
  };
}

/** Several statements on one connection, in order, each on its own (CREATE DATABASE cannot be in a transaction). */
export async function execInOrder(target: AdminTarget, statements: readonly string[]): Promise<void> {
  await withAdminClient(target, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

async function withAdminClient<T>(target: AdminTarget, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    host: target.socketDir,
    port: target.port,
    user: 'postgres',
    password: target.password,
    database: target.database,
    application_name: 'pgattest lab',
    connectionTimeoutMillis: 60_000,
    types: textTypes,
  });
  // A server that is killed under us must fail the query, not the process.
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
