export { createEtcdClient, type EtcdClient, type EtcdRangeRequest } from './client.ts';
export type { EtcdTarget } from './gateway.ts';
export { prefixEnd, type KeyRange } from './key-range.ts';
export { createEtcdLeases, type EtcdLeases, type EtcdLeaseState } from './leases.ts';
export { parseEtcdMetrics, quantileBound, type EtcdSample } from './metrics.ts';
export type * from './model.ts';
