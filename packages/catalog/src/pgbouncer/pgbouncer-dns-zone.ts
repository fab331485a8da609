import { defineCollector, gauge } from '../model.ts';

/** SHOW DNS_ZONES: zones that are watched for changes; the first by name where there are too many. */
export const pgbouncerDnsZone = defineCollector({
  id: 'pgbouncer_dns_zone',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'DNS zones in the cache',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 188,
  labels: { zone: 'Name of the zone' },
  metrics: {
    serial_id: gauge('id', 'Serial number of the zone'),
    hosts: gauge('count', 'Names of this zone in the cache'),
  },
  variants: [
    {
      branch: 'pgbouncer_dns_zone',
      since: 10800,
      sql: 'SHOW DNS_ZONES',
      columns: { labels: { zone: 'zonename' }, values: { serial_id: 'serial', hosts: 'count' } },
    },
  ],
});
