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
  samples: readonly Sample[];
  /** The same when it has several origins. */
  joined: Sample[] | undefined;
  /** What is in `joined`. */
  seen: Set<string> | undefined;
}

/** Joins sets one by one, so that a caller with many may let others run in between. */
export interface Merger {
  /** Yields how many samples it has handled since it yielded last, at most some thousands; to be run to its end. */
  add(set: FamilySet): Iterable<number>;
  result(): Merged;
}

const samplesPerStep = 2000;

/** Everything at once. */
export function merge(sets: Iterable<FamilySet>): Merged {
  const merger = createMerger();
  for (const set of sets) Array.from(merger.add(set));
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
  // Families of one collector share the label tuples of their rows: what differs once differs in all of them.
  let distinct: readonly Sample[] = [];

  /** Adds the samples of a family that `building` does not have yet; the others are returned. */
  function* take(building: Building, samples: readonly Sample[]): Generator<number, readonly Sample[]> {
    const isAlone = building.samples.length === 0;
    if (isAlone && haveSameLabels(samples, distinct)) {
      building.samples = samples;
      yield samples.length;
      return [];
    }
    const seen = building.seen ?? (yield* keysOf(building.samples));
    const joined = building.joined ?? [...building.samples];
    const duplicates: Sample[] = [];
    let handled = 0;
    for (const sample of samples) {
      const { size } = seen.add(keyOf(sample));
      if (size === joined.length) duplicates.push(sample);
      else joined.push(sample);
      handled += 1;
      if (handled % samplesPerStep === 0) yield samplesPerStep;
    }
    building.samples = joined;
    // Most families have one origin: then nobody asks again, and neither keys nor a copy have to be kept.
    if (!isAlone) {
      building.joined = joined;
      building.seen = seen;
    } else if (duplicates.length === 0) {
      building.samples = samples;
      distinct = samples;
    }
    yield handled % samplesPerStep;
    return duplicates;
  }
  return {
    *add({ database, origin, families }) {
      for (const family of families) {
        const known = byName.get(family.name);
        const building = known ?? { first: family, samples: [], joined: undefined, seen: undefined };
        byName.set(family.name, building);
        const mismatch = known === undefined ? undefined : mismatchOf(known.first, family);
        const source = { database, origin };
        if (mismatch !== undefined) {
          conflicts.push(...conflictOf(family, source, mismatch, family.samples));
          continue;
        }
        const duplicates = yield* take(building, family.samples);
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

function haveSameLabels(some: readonly Sample[], others: readonly Sample[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at += 1) if (some[at]?.labels !== others[at]?.labels) return false;
  return true;
}

function* keysOf(samples: readonly Sample[]): Generator<number, Set<string>> {
  const keys = new Set<string>();
  for (const sample of samples) {
    if (keys.add(keyOf(sample)).size % samplesPerStep === 0) yield samplesPerStep;
  }
  return keys;
}

/** Equal for equal label tuples of one family only: a text of PostgreSQL cannot hold the character between the values. */
function keyOf({ labels }: Sample): string {
  return labels.length === 1 ? (labels[0] ?? '') : labels.join('\0');
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
