import type { AnyCollector, Variant } from '@pgattest/catalog';
import type { ResultSet } from '@pgattest/connect';

/** A collector as it can read one answer. */
export interface Fitted {
  readonly collector: AnyCollector;
  readonly variant: Variant<string>;
}

/**
 * Fits a collector to the columns that an answer really has, whatever the version says: a column of another version's
 * variant is read when it is there, a metric that the variant omits is shown when its column is there, and a label
 * whose column no answer before a certain version has is left out. A metric that should have a column and has none stays, to
 * be counted as missing.
 */
export function fitToAnswer(collector: AnyCollector, variant: Variant<string>, answer: ResultSet): Fitted {
  const present = new Set(answer.columns.map(({ name }) => name));
  const others = collector.variants.filter((one) => one !== variant);
  const columnOf = (kind: 'labels' | 'values', key: string): string => {
    const candidates = [variant, ...others].map((one) => one.columns?.[kind]?.[key] ?? key);
    return candidates.find((name) => present.has(name)) ?? candidates[0] ?? key;
  };
  const labels = Object.entries(collector.labels).filter(([key]) => present.has(columnOf('labels', key)));
  const keys = Object.keys(collector.metrics);
  const omits = keys.filter((key) => variant.omits?.includes(key) === true && !present.has(columnOf('values', key)));
  return {
    collector: { ...collector, labels: Object.fromEntries(labels) },
    variant: {
      ...variant,
      omits,
      columns: {
        labels: Object.fromEntries(labels.map(([key]) => [key, columnOf('labels', key)])),
        values: Object.fromEntries(keys.map((key) => [key, columnOf('values', key)])),
      },
    },
  };
}
