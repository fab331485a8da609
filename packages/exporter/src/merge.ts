import type { Family, Sample } from '@pgattest/runtime';

/** Families of one origin: a collector in a database. */
export interface FamilySet {
  readonly database: string;
  /** Id of a collector. */
  readonly origin: string;
  readonly families: readonly Family[];
}

/** Why samples of `origin` were left out: Prometheus would refuse the whole scrape for them. */
export interface Conflict {
  readonly metric: string;
  readonly database: string;
  readonly origin: string;
  readonly reason: 'duplicate_series' | 'type_differs' | 'labels_differ';
  /** Samples dropped. */
  readonly count: number;
  /** Labels of the first sample dropped, to find the rows with. */
  readonly example: string;
}

/** What may be exposed, and what was dropped to get there. */
export interface Merged {
  readonly families: readonly Family[];
  readonly conflicts: readonly Conflict[];
}

interface Building {
  readonly first: Family;
  readonly samples: Sample[];
  readonly seen: Set<string>;
}

/** Joins sets one by one, so that a caller with many may let others run in between. */
export interface Merger {
  add(set: FamilySet): void;
  result(): Merged;
}

/** Everything at once. */
export function merge(sets: Iterable<FamilySet>): Merged {
  const merger = createMerger();
  for (const set of sets) merger.add(set);
  return merger.result();
}

/**
 * Joins families of equal name and drops what cannot be exposed together: a series that is already there, and a
 * family whose type or label names differ from the first of its name. The first origin wins, so the order of
 * the sets decides; families keep the order in which their name first appears, and a family without samples is left out.
 */
export function createMerger(): Merger {
  const byName = new Map<string, Building>();
  const conflicts: Conflict[] = [];
  return {
    add({ database, origin, families }) {
      for (const family of families) {
        const known = byName.get(family.name);
        const building = known ?? { first: family, samples: [], seen: new Set<string>() };
        byName.set(family.name, building);
        const mismatch = known === undefined ? undefined : mismatchOf(known.first, family);
        const source = { database, origin };
        if (mismatch !== undefined) {
          conflicts.push(...conflictOf(family, source, mismatch, family.samples));
          continue;
        }
        const duplicates = family.samples.filter((sample) => !take(building, sample));
        conflicts.push(...conflictOf(family, source, 'duplicate_series', duplicates));
      }
    },
    result() {
      const families = [...byName.values()]
        .filter(({ samples }) => samples.length > 0)
        .map(({ first, samples }): Family => ({ ...first, samples }));
      return { families, conflicts: [...conflicts] };
    },
  };
}

/** Adds labels with constant values to every series, after the family's own. */
export function withConstantLabels(
  families: readonly Family[],
  labels: Readonly<Record<string, string>>,
): readonly Family[] {
  const names = Object.keys(labels);
  if (names.length === 0) return families;
  const values = Object.values(labels);
  return families.map((family) => ({
    ...family,
    labelNames: [...family.labelNames, ...names],
    samples: family.samples.map((sample) => ({ ...sample, labels: [...sample.labels, ...values] })),
  }));
}

function take(building: Building, sample: Sample): boolean {
  const key = JSON.stringify(sample.labels);
  if (building.seen.has(key)) return false;
  building.seen.add(key);
  building.samples.push(sample);
  return true;
}

function mismatchOf(first: Family, other: Family): 'type_differs' | 'labels_differ' | undefined {
  if (first.kind !== other.kind) return 'type_differs';
  const same =
    first.labelNames.length === other.labelNames.length &&
    first.labelNames.every((name, at) => name === other.labelNames[at]);
  return same ? undefined : 'labels_differ';
}

function conflictOf(
  family: Family,
  source: { readonly database: string; readonly origin: string },
  reason: Conflict['reason'],
  dropped: readonly Sample[],
): readonly Conflict[] {
  const [first] = dropped;
  if (first === undefined) return [];
  const example = family.labelNames.map((name, at) => `${name}=${JSON.stringify(first.labels[at] ?? '')}`).join(',');
  return [{ metric: family.name, ...source, reason, count: dropped.length, example: `{${example}}` }];
}
