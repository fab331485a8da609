import type { SqlEvidence } from '../check.ts';
import type { Text } from '../text.ts';
import { psqlRows } from './psql-output.ts';
import { sqlLiterals } from './sql-literal.ts';

/** Whether roles of these names have a client session from another host now. */
export function remoteSessionsEvidence(
  users: readonly string[],
  connected: readonly string[],
  expected: Text,
): SqlEvidence {
  return {
    fact: 'pg.sessions',
    at: 'roles with a session from another host',
    actual: psqlRows(connected.map((user) => [user])),
    expected,
    sql: `SELECT DISTINCT usename::text COLLATE "C" FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND usename IN (${users.length === 0 ? 'NULL' : sqlLiterals(users)}) AND client_addr IS NOT NULL AND NOT client_addr <<= '127.0.0.0/8' AND client_addr <> '::1' AND host(client_addr) IS DISTINCT FROM host(inet_server_addr()) ORDER BY 1`,
  };
}
