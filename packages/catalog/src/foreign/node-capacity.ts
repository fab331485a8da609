import { counter, defineMetric, gauge } from '../model.ts';

/** What the node exporter says of processors and memory, as far as our rules read it. Source: node_exporter, README. */
export const nodeCapacityMetrics = Object.freeze({
  nodeCpuSecondsTotal: defineMetric(
    'node_cpu_seconds_total',
    counter('seconds', 'Time a processor spent in the mode of the label'),
    ['instance', 'cpu', 'mode'],
  ),
  nodeMemoryTotalBytes: defineMetric('node_memory_MemTotal_bytes', gauge('bytes', 'Memory of the host'), ['instance']),
});
