import { describe, expect, it } from 'vitest';
import { planShare, type ShareView } from './plan.ts';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `c${index + 1}`);
const view = (
  members: Readonly<Record<string, readonly string[]>>,
  holders: Readonly<Record<string, string>> = {},
): ShareView => ({
  members: Object.entries(members).map(([id, clusters]) => ({ id, clusters })),
  holders: new Map(Object.entries(holders)),
});
const idle = new Set<string>();

/** Lets all auditors act on what they see until nothing moves; how many each holds then. */
function settle(start: ShareView): Readonly<Record<string, number>> {
  const holders = new Map(start.holders);
  for (let round = 0; round < 20; round += 1) {
    const seen = { members: start.members, holders: new Map(holders) };
    const plans = start.members.map(({ id }) => ({ id, ...planShare(seen, id, idle) }));
    if (plans.every(({ claim, release }) => claim.length + release.length === 0)) {
      return Object.fromEntries(
        start.members.map(({ id }) => [id, [...holders.values()].filter((holder) => holder === id).length]),
      );
    }
    for (const { id, claim, release } of plans) {
      for (const cluster of release) holders.delete(cluster);
      for (const cluster of claim) if (!holders.has(cluster)) holders.set(cluster, id);
    }
  }
  throw new Error('clusters never stop moving');
}

describe('planShare', () => {
  it('gives everything to the only auditor', () => {
    expect(planShare(view({ a: names(3) }), 'a', idle)).toEqual({ claim: ['c1', 'c2', 'c3'], release: [] });
  });

  it('has auditors claim different clusters of those that are free', () => {
    const seen = view({ b: names(5), a: names(5) });
    expect(planShare(seen, 'a', idle)).toEqual({ claim: ['c1', 'c3', 'c5'], release: [] });
    expect(planShare(seen, 'b', idle)).toEqual({ claim: ['c2', 'c4'], release: [] });
  });

  it('lets go of the surplus when another auditor comes, but nothing that is audited at this moment', () => {
    const holders = { c1: 'a', c2: 'a', c3: 'a', c4: 'a' };
    const seen = view({ a: names(4), b: names(4) }, holders);
    expect(planShare(seen, 'a', idle).release).toEqual(['c1', 'c2']);
    expect(planShare(seen, 'a', new Set(['c1', 'c2', 'c4'])).release).toEqual(['c3']);
    expect(planShare(seen, 'b', idle)).toEqual({ claim: [], release: [] });
  });

  it('moves nothing that would not make it more even', () => {
    const seen = view({ a: names(3), b: names(3) }, { c1: 'a', c2: 'a', c3: 'b' });
    expect(planShare(seen, 'a', idle)).toEqual({ claim: [], release: [] });
  });

  it('keeps to the clusters that an auditor is configured for, and leaves none to nobody', () => {
    const seen = view({ a: ['x', 'y'], b: ['y', 'z'] });
    expect(planShare(seen, 'a', idle).claim).toEqual(['x']);
    expect(planShare(seen, 'b', idle).claim).toEqual(['y', 'z']);
  });

  it('lets go of a cluster that was taken out of the configuration', () => {
    expect(planShare(view({ a: ['x'] }, { x: 'a', gone: 'a' }), 'a', idle).release).toEqual(['gone']);
  });

  it('waits while the lease of a dead auditor still lives', () => {
    expect(planShare(view({ a: names(2) }, { c1: 'dead', c2: 'a' }), 'a', idle)).toEqual({ claim: [], release: [] });
  });

  it('does nothing before it is registered', () => {
    expect(planShare(view({ b: names(2) }), 'a', idle)).toEqual({ claim: [], release: [] });
  });

  it.each([
    [1, 2],
    [4, 3],
    [5, 3],
    [10, 3],
    [100, 7],
    [2, 5],
  ])('settles %i clusters evenly on %i auditors, from nothing and from one that had all', (clusters, auditors) => {
    const members = Object.fromEntries(Array.from({ length: auditors }, (_, index) => [`m${index}`, names(clusters)]));
    const all = Object.fromEntries(names(clusters).map((name) => [name, 'm0']));
    for (const start of [view(members), view(members, all)]) {
      const counts = Object.values(settle(start));
      expect(Math.max(...counts)).toBe(Math.ceil(clusters / auditors));
      expect(Math.min(...counts)).toBe(Math.floor(clusters / auditors));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(clusters);
    }
  });
});
