import { defineCollector, gauge } from '../model.ts';

/** pg_dist_node: the coordinator and workers of Citus. */
export const pgCitusNode = defineCollector({
  id: 'pg_citus_node',
  source: 'postgres',
  scope: 'database',
  help: 'Nodes of a Citus cluster',
  cacheSeconds: 60,
  timeoutSeconds: 0.1,
  priority: 157,
  requires: { extensions: ['citus'] },
  labels: { node: 'Host and port of the node', datname: 'Database' },
  metrics: {
    id: gauge('id', 'Number of the node'),
    group: gauge('id', 'Group of the node: a primary and its secondaries'),
    has_meta: gauge('bool', 'Whether the node has Citus metadata'),
    is_active: gauge('bool', 'Whether the node takes part'),
    meta_synced: gauge('bool', 'Whether its metadata is up to date'),
    have_shards: gauge('bool', 'Whether the rebalancer may place shards on it'),
  },
  variants: [
    {
      branch: 'pg_citus_node',
      since: 100000,
      sql: `
SELECT
  n.nodename || ':' || n.nodeport AS node,
  current_database() AS datname,
  n.nodeid AS id,
  n.groupid AS group,
  n.hasmetadata AS has_meta,
  n.isactive AS is_active,
  n.metadatasynced AS meta_synced,
  n.shouldhaveshards AS have_shards
FROM pg_dist_node AS n`,
    },
  ],
});
