import { defineCollector, gauge } from '../model.ts';

/** pg_stat_ssl: connections with and without TLS, including this one and WAL senders. */
export const pgSsl = defineCollector({
  id: 'pg_ssl',
  source: 'postgres',
  scope: 'instance',
  help: 'Connections with and without TLS',
  cacheSeconds: 10,
  timeoutSeconds: 0.1,
  priority: 117,
  labels: {},
  metrics: {
    enabled: gauge('count', 'Connections that use TLS'),
    disabled: gauge('count', 'Connections that do not use TLS, Unix sockets among them'),
  },
  variants: [
    {
      branch: 'pg_ssl',
      since: 90500,
      // Versions 10 and 11 list the server's own processes too: those have no client_port (a Unix socket has -1).
      sql: `
SELECT
  count(*) FILTER (WHERE s.ssl) AS enabled,
  count(*) FILTER (WHERE NOT s.ssl) AS disabled
FROM
  pg_stat_ssl AS s
  JOIN pg_stat_activity AS a ON a.pid = s.pid
WHERE a.client_port IS NOT NULL`,
    },
  ],
});
