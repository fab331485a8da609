import { defineCollector, gauge } from '../model.ts';

/** Settings that decide who gets in and how; values that PgBouncer does not define are shown as `other`. */
export const pgbouncerConfigSecurity = defineCollector({
  id: 'pgbouncer_config_security',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'How clients are authenticated and connections encrypted',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 189,
  labels: {
    auth_type: 'How clients prove who they are',
    client_tls_sslmode: 'Whether clients may, must or cannot use TLS',
    client_tls_protocols: 'Versions of TLS that clients may use',
    server_tls_sslmode: 'Whether servers are reached with TLS and their certificate is verified',
    server_tls_protocols: 'Versions of TLS used with servers',
  },
  metrics: { info: gauge('info', 'Security settings as labels, constantly 1') },
  variants: [{ branch: 'pgbouncer_config_security', since: 10800, sql: 'SHOW CONFIG' }],
});
