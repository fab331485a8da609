export { createEtcdClient, type EtcdClient, type EtcdRangeRequest, type EtcdTarget } from './client.ts';
export { prefixEnd, type KeyRange } from './key-range.ts';
export { parseEtcdMetrics, quantileBound, type EtcdSample } from './metrics.ts';
export type * from './model.ts';
