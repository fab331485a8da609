import { ConnectError, createPatroniClient } from '@pgattest/connect';
import { askSource, askTimeoutMs, type SourceAnswer } from '../../inventory/ask-source.ts';
import type { ClusterContext, InventorySource, NamedMember } from '../../inventory/cluster-context.ts';
import { defineProbe } from '../../probe.ts';

/** The declaration of a cluster beside what others say of it. */
export interface ClusterInventory {
  readonly declared: readonly NamedMember[];
  readonly sources: readonly SourceAnswer[];
  /**
   * Whether it follows another cluster and has no writable member of its own; `unknown` when neither the configuration
   * nor Patroni says so.
   */
  readonly standbyCluster: { readonly is: boolean | 'unknown'; readonly says: 'configuration' | 'patroni' | 'nobody' };
}

/** Members of the cluster by declaration, Patroni, etcd and a Pigsty inventory. */
export const clusterInventory = defineProbe({
  id: 'cluster.inventory',
  subject: 'cluster',
  title: 'Members of the cluster: as declared, as Patroni, etcd and the Pigsty inventory name them',
  privilege: 'reading Patroni /cluster and /config, the keys of the cluster in etcd, the inventory file',
  grants: [],
  async collect({ declared, standbyCluster, sources, cluster, signal }): Promise<ClusterInventory> {
    const answers = await Promise.all(sources.map((source) => askSource(source, cluster, signal)));
    return { declared, sources: answers, standbyCluster: await standbyOf(standbyCluster, sources, signal) };
  },
});

async function standbyOf(
  configured: ClusterContext['standbyCluster'],
  sources: readonly InventorySource[],
  signal: AbortSignal,
): Promise<ClusterInventory['standbyCluster']> {
  if (configured !== undefined) return { is: configured, says: 'configuration' };
  for (const source of sources) {
    if (source.from !== 'patroni') continue;
    for (const { target } of source.apis) {
      try {
        const { isStandbyCluster } = await createPatroniClient(target, { timeoutMs: askTimeoutMs }).config(signal);
        return { is: isStandbyCluster, says: 'patroni' };
      } catch (cause) {
        // The next member is asked; when none answers the report says so.
        if (!(cause instanceof ConnectError)) throw cause;
      }
    }
  }
  return { is: 'unknown', says: 'nobody' };
}
