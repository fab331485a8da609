/** A living auditor, as it registered itself. */
export interface ShareMember {
  readonly id: string;
  /** Names of the clusters it is configured for. */
  readonly clusters: readonly string[];
}

/** What etcd says at one moment. */
export interface ShareView {
  readonly members: readonly ShareMember[];
  /** Holder's id by cluster; a cluster without an entry is free. */
  readonly holders: ReadonlyMap<string, string>;
}

/** What an auditor does next. Both in alphabetical order. */
export interface SharePlan {
  readonly claim: readonly string[];
  readonly release: readonly string[];
}

/**
 * What the auditor `self` claims and lets go, from what all auditors see alike. A free cluster goes to the auditor with
 * the fewest that is configured for it, the first by id among equals; one is let go while another one that could hold it
 * has at least two fewer. With equal configurations nobody then holds more than ceil(clusters / auditors), and nothing
 * moves that would not make it more even. `busy` clusters are kept. Pure.
 */
export function planShare(view: ShareView, self: string, busy: ReadonlySet<string>): SharePlan {
  const members = view.members.toSorted((a, b) => order(a.id, b.id));
  const own = members.find(({ id }) => id === self);
  if (own === undefined) return { claim: [], release: [] };
  const counts = new Map(members.map(({ id }) => [id, 0]));
  const countOf = (id: string): number => counts.get(id) ?? 0;
  const add = (id: string, more: number): void => void counts.set(id, countOf(id) + more);
  for (const holder of view.holders.values()) if (counts.has(holder)) add(holder, 1);

  const fewest = (cluster: string, among: readonly ShareMember[]): string | undefined =>
    among
      .filter(({ clusters }) => clusters.includes(cluster))
      .map(({ id }) => id)
      .reduce<string | undefined>(
        (best, id) => (best === undefined || countOf(id) < countOf(best) ? id : best),
        undefined,
      );

  const claim: string[] = [];
  for (const cluster of [...new Set(members.flatMap(({ clusters }) => clusters))].toSorted(order)) {
    if (view.holders.has(cluster)) continue;
    const next = fewest(cluster, members);
    if (next === undefined) continue;
    add(next, 1);
    if (next === self) claim.push(cluster);
  }

  const release: string[] = [];
  const others = members.filter(({ id }) => id !== self);
  const held = [...view.holders].filter(([, holder]) => holder === self).map(([cluster]) => cluster);
  // Those that it is no longer configured for are nobody's as long as it holds them.
  for (const cluster of held.toSorted(order)) {
    if (busy.has(cluster)) continue;
    const next = fewest(cluster, others);
    const isStranger = !own.clusters.includes(cluster);
    if (!isStranger && (next === undefined || countOf(next) + 2 > countOf(self))) continue;
    release.push(cluster);
    add(self, -1);
    if (next !== undefined) add(next, 1);
  }
  return { claim, release };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
