import { defineCollector, gauge } from '../model.ts';

/** SHOW DNS_HOSTS: names of servers in the DNS cache; the first by name where there are too many. */
export const pgbouncerDnsHost = defineCollector({
  id: 'pgbouncer_dns_host',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Names of servers in the DNS cache',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 187,
  labels: { hostname: 'Name of the host' },
  metrics: {
    ttl_seconds: gauge('seconds', 'Time until the name is looked up again'),
    addresses: gauge('count', 'Addresses of the name, 0 when it could not be resolved'),
  },
  variants: [
    { branch: 'pgbouncer_dns_host', since: 10800, sql: 'SHOW DNS_HOSTS', columns: { values: { ttl_seconds: 'ttl' } } },
  ],
});
