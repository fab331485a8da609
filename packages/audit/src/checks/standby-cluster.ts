import type { FactMap } from '../facts.ts';
import type { Observation } from '../probe.ts';

/**
 * Whether the cluster follows another one. `unknown` when Patroni is there to say and did not; without Patroni and
 * without a word in the configuration it is taken for a cluster of its own.
 */
export function standbyClusterOf(
  inventory: ReadonlyMap<string, Observation<FactMap['cluster.inventory']>>,
): boolean | 'unknown' {
  const [observation] = [...inventory.values()];
  if (observation === undefined) return false;
  if (observation.status === 'unavailable') return 'unknown';
  const { standbyCluster, sources } = observation.value;
  if (standbyCluster.is !== 'unknown') return standbyCluster.is;
  return sources.some(({ from }) => from === 'patroni') ? 'unknown' : false;
}
