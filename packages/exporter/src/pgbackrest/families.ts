import type { MetricRef } from '@pgattest/catalog';
import type { Family, Sample } from '@pgattest/runtime';

/** Collects samples and gives them as families, in the order in which their names were first used. */
export interface FamilyCollection {
  /** Adds a sample; one with the labels of another is dropped, as Prometheus would refuse the page for it. */
  put<Label extends string>(
    metric: MetricRef<string, Label>,
    labels: Readonly<Record<Label, string>>,
    value: number,
  ): void;
  /** Adds a sample where there is a value. */
  putKnown<Label extends string>(
    metric: MetricRef<string, Label>,
    labels: Readonly<Record<Label, string>>,
    value: number | undefined,
  ): void;
  readonly families: () => readonly Family[];
}

interface Growing {
  readonly metric: MetricRef;
  readonly samples: Sample[];
  readonly seen: Set<string>;
}

/** An empty collection. */
export function createFamilies(): FamilyCollection {
  const byName = new Map<string, Growing>();
  const put = (metric: MetricRef, labels: Readonly<Record<string, string>>, value: number): void => {
    const growing = byName.get(metric.name) ?? { metric, samples: [], seen: new Set<string>() };
    byName.set(metric.name, growing);
    const values = metric.labels.map((label) => labels[label] ?? '');
    const key = JSON.stringify(values);
    if (growing.seen.has(key)) return;
    growing.seen.add(key);
    growing.samples.push({ labels: values, value });
  };
  return {
    put,
    putKnown(metric, labels, value) {
      if (value !== undefined) put(metric, labels, value);
    },
    families: () =>
      [...byName.values()].map(({ metric: { name, kind, help, labels }, samples }) => ({
        name,
        kind,
        help,
        labelNames: labels,
        samples,
      })),
  };
}

/** How metrics say yes and no. */
export function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
