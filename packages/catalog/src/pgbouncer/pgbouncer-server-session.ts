import { defineCollector, gauge } from '../model.ts';

const sql = 'SHOW SERVERS';

/** Ages of server connections and what they hold, per database. */
export const pgbouncerServerSession = defineCollector({
  id: 'pgbouncer_server_session',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Age of server connections and what they hold, per database',
  cacheSeconds: 10,
  timeoutSeconds: 2,
  priority: 183,
  labels: { database: 'Database as clients name it' },
  metrics: {
    oldest_seconds: gauge('seconds', 'Age of the oldest server connection, absent where the clocks cannot be compared'),
    closing_connections: gauge('count', 'Server connections that are closed as soon as they can be'),
    prepared_statements: gauge('count', 'Prepared statements that server connections hold'),
  },
  variants: [
    { branch: 'pgbouncer_server_session_121', since: 12100, sql },
    { branch: 'pgbouncer_server_session_109', since: 10900, until: 12100, sql, omits: ['prepared_statements'] },
    {
      branch: 'pgbouncer_server_session_108',
      since: 10800,
      until: 10900,
      sql,
      omits: ['closing_connections', 'prepared_statements'],
    },
  ],
});
