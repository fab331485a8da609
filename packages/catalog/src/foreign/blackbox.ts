import { defineMetric, gauge } from '../model.ts';

/**
 * What the blackbox exporter says of a virtual address that it pings: the scrape configuration sets `vip` and `cls`, as
 * Pigsty's job `pgsql-vip` does. Source: prometheus/blackbox_exporter.
 */
export const probeSuccess = defineMetric('probe_success', gauge('bool', 'Whether the address answered the probe'), [
  'instance',
  'vip',
]);
