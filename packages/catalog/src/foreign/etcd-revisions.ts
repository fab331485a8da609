import { defineMetric, gauge } from '../model.ts';

/** Revisions of etcd's keys, 3.4 to 3.6. Source: etcd, server/storage/mvcc/metrics.go. */
export const etcdRevisionMetrics = Object.freeze({
  etcdCurrentRevision: defineMetric('etcd_debugging_mvcc_current_revision', gauge('id', 'Newest revision'), [
    'instance',
  ]),
  etcdCompactRevision: defineMetric(
    'etcd_debugging_mvcc_compact_revision',
    gauge('id', 'Newest revision whose predecessors are gone, -1 before the first compaction'),
    ['instance'],
  ),
});
