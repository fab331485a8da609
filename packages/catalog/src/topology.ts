/**
 * Labels that place a sample in the fleet. The scrape configuration sets them, so that no exporter needs to know
 * where it runs; users without one set them with `--label`.
 */
export const topologyLabels = {
  job: 'What is scraped: pgsql for PostgreSQL and its exporters',
  cls: 'Cluster, [a-z][a-z0-9-]*: pg-demo',
  ins: 'Instance, <cls>-<seq>: pg-demo-1',
  ip: 'Address of the node',
} as const;

/** A label that every scraped sample carries, whatever its metric declares. */
export type TopologyLabel = keyof typeof topologyLabels;
