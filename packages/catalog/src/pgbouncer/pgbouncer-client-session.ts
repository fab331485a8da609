import { defineCollector, gauge } from '../model.ts';

const sql = 'SHOW CLIENTS';

/** Ages of client connections and what they hold, per database. */
export const pgbouncerClientSession = defineCollector({
  id: 'pgbouncer_client_session',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Age of client connections and what they hold, per database',
  cacheSeconds: 10,
  timeoutSeconds: 2,
  priority: 181,
  labels: { database: 'Database as clients name it' },
  metrics: {
    oldest_seconds: gauge('seconds', 'Age of the oldest client connection, absent where the clocks cannot be compared'),
    closing_connections: gauge('count', 'Client connections that are closed as soon as they can be'),
    prepared_statements: gauge('count', 'Prepared statements that client connections hold'),
  },
  variants: [
    { branch: 'pgbouncer_client_session_121', since: 12100, sql },
    { branch: 'pgbouncer_client_session_109', since: 10900, until: 12100, sql, omits: ['prepared_statements'] },
    {
      branch: 'pgbouncer_client_session_108',
      since: 10800,
      until: 10900,
      sql,
      omits: ['closing_connections', 'prepared_statements'],
    },
  ],
});
