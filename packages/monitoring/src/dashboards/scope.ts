import { type Expr, type MetricRef, type Selector, pgUp, promql, select } from '@pgattest/catalog';
import type { Variable } from '../grafana/dashboard.ts';
import { say } from '../grafana/text.ts';

/** The cluster that the variable names. */
export const cluster = { cls: '$cls' } as const;

/** The instance that the variables name. */
export const instance = { cls: '$cls', ins: '$ins' } as const;

/** The instances that the variables name. */
export const instances = { cls: '$cls', ins: /$ins/ } as const;

export const clusterVariable: Variable = Object.freeze({
  name: 'cls',
  label: say('Cluster', '集群'),
  source: { metric: pgUp, label: 'cls' },
  multi: false,
});

export const instanceVariable: Variable = Object.freeze({
  name: 'ins',
  label: say('Instance', '实例'),
  source: { metric: select(pgUp, cluster), label: 'ins' },
  multi: false,
});

/** Several instances at once, all of them at first. */
export const instancesVariable: Variable = Object.freeze({ ...instanceVariable, multi: true });

/** The count that is nothing when nothing matches, as 0, but only where `witness` shows that somebody looked. */
export const orZero = (expr: Expr, witness: MetricRef | Selector): Expr =>
  promql`(${expr}) or 0 * count(${witness})`;
