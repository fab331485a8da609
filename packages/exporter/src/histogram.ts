import type { HistogramDef } from '@pgattest/catalog';
import type { Family, Sample } from '@pgattest/runtime';
import { InvalidResultError } from './failure.ts';
import { formatGoFloat } from './go-number.ts';

/** One finite value of one label tuple. */
export interface Observation {
  readonly labels: readonly string[];
  readonly value: number;
}

interface Group {
  readonly labels: readonly string[];
  readonly key: string;
  readonly counts: number[];
  sum: number;
  count: number;
}

/**
 * The distribution of observations as three gauges: `_bucket` (cumulative, `v <= bound`, with +Inf), `_count` and
 * `_sum`. Label tuples without an observation have no series; tuples are sorted.
 *
 * @throws InvalidResultError when a sum is too large for a float.
 */
export function histogramFamilies(
  name: string,
  def: HistogramDef,
  labelNames: readonly string[],
  observations: readonly Observation[],
): readonly Family[] {
  const groups = new Map<string, Group>();
  for (const { labels, value } of observations) {
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? { labels, key, counts: def.buckets.map(() => 0), sum: 0, count: 0 };
    groups.set(key, group);
    const at = def.buckets.findIndex((bound) => value <= bound);
    if (at !== -1) group.counts[at] = (group.counts[at] ?? 0) + 1;
    group.sum += value;
    group.count += 1;
    if (!Number.isFinite(group.sum)) throw new InvalidResultError(`${name}: the sum of the observations is too large`);
  }
  const sorted = [...groups.values()].toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  const buckets = sorted.flatMap(({ labels, counts, count }): readonly Sample[] => {
    let cumulative = 0;
    const finite = def.buckets.map((bound, at): Sample => {
      cumulative += counts[at] ?? 0;
      return { labels: [...labels, formatGoFloat(bound)], value: cumulative };
    });
    return [...finite, { labels: [...labels, '+Inf'], value: count }];
  });
  const plain = (suffix: string, what: string, pick: (group: Group) => number): Family => ({
    name: `${name}_${suffix}`,
    kind: 'gauge',
    help: `${def.help} (${what})`,
    labelNames,
    samples: sorted.map((group) => ({ labels: group.labels, value: pick(group) })),
  });
  return [
    {
      name: `${name}_bucket`,
      kind: 'gauge',
      help: `${def.help} (cumulative bucket)`,
      labelNames: [...labelNames, 'le'],
      samples: buckets,
    },
    plain('count', 'observation count', ({ count }) => count),
    plain('sum', 'observation sum', ({ sum }) => sum),
  ];
}
