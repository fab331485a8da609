import {
  auditSharingAbandonedRunsTotal,
  auditSharingAuditors,
  auditSharingHeld,
  auditSharingLeaseAlive,
  type MetricRef,
} from '@pgattest/catalog';
import type { Family, Sample } from '@pgattest/runtime';
import type { ClusterState } from '../state.ts';
import type { ShareStatus } from './share.ts';

/** Metrics of an auditor that shares its clusters; none of one that audits alone. Pure. */
export function shareFamilies(
  share: (ShareStatus & { readonly abandoned: number }) | undefined,
  states: readonly ClusterState[],
): readonly Family[] {
  if (share === undefined) return [];
  const { isAlive, auditors, held, abandoned } = share;
  return [
    family(auditSharingLeaseAlive, [{ labels: [], value: isAlive ? 1 : 0 }]),
    family(auditSharingAuditors, auditors === undefined ? [] : [{ labels: [], value: auditors }]),
    family(
      auditSharingHeld,
      states.map(({ cluster }) => ({ labels: [cluster], value: held.includes(cluster) ? 1 : 0 })),
    ),
    family(auditSharingAbandonedRunsTotal, [{ labels: [], value: abandoned }]),
  ];
}

function family(metric: MetricRef, samples: readonly Sample[]): Family {
  return { name: metric.name, kind: metric.kind, help: metric.help, labelNames: metric.labels, samples };
}
