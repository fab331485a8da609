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
      sql: `
SELECT
  count(*) FILTER (WHERE ssl) AS enabled,
  count(*) FILTER (WHERE NOT ssl) AS disabled
FROM pg_stat_ssl`,
    },
  ],
});
