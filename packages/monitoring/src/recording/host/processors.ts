import { gauge, nodeCapacityMetrics, not, pgUp, promql, select, type Expr } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { inOrder, rolledUp } from '../family.ts';
import { levelLabels } from '../level.ts';
import { overWindows, windowMinutes, windowsInOrder } from '../window.ts';

/** A host is the one at the address of an instance: without an address there is no telling. */
const known = { ip: not('') } as const;

/** What the node exporter of a host says, by `ip`, as series of the instances on it. */
export const ofHost = (byAddress: Expr): Expr =>
  promql`0 * ${select(pgUp, known)} + on (ip) group_left () ${byAddress}`;

const idle = select(nodeCapacityMetrics.nodeCpuSecondsTotal, { ...known, mode: 'idle' });

/** Processors of the host of an instance. */
export const processors = rolledUp({
  namespace: 'pg',
  metric: 'cpu_count',
  ...gauge('count', 'Processors of the host'),
  low: 'ins',
  expr: ofHost(promql`count by (ip) (count by (ip, cpu) (${idle}))`),
  how: 'sum',
  up: ['cls', 'env'],
});

const usageOver = (metric: string, minutes: number) => {
  const def = gauge('ratio', 'Share of its time that the host computes');
  const ins = defineRecording(`pg:ins:${metric}`, {
    ...def,
    labels: levelLabels.ins,
    expr: ofHost(promql`(1 - avg by (ip) (rate(${idle}[${minutes}m])))`),
  });
  const used = promql`${ins} * ${processors.ins}`;
  const cls = defineRecording(`pg:cls:${metric}`, {
    ...def,
    labels: levelLabels.cls,
    expr: promql`sum by (job, cls) (${used}) / (${processors.cls} > 0)`,
  });
  const env = defineRecording(`pg:env:${metric}`, {
    ...def,
    labels: levelLabels.env,
    expr: promql`sum by (job) (${used}) / (${processors.env} > 0)`,
  });
  return Object.freeze({ ins, cls, env });
};

/** How busy the processors are; of several hosts, weighted by the number of those. */
export const processorUsage = overWindows((window) => usageOver(`cpu_usage_${window}`, windowMinutes[window]));

/** The same over the shortest window, by the name without one. */
export const processorUsageNow = usageOver('cpu_usage', windowMinutes['1m']);

export const processorRecordings = [
  ...inOrder(processors),
  ...windowsInOrder(processorUsage),
  ...inOrder(processorUsageNow),
];
