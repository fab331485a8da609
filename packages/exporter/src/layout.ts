import type { AnyCollector, HistogramDef, MetricDef, Variant } from '@pgattest/catalog';
import type { Column } from '@pgattest/connect';
import type { Place } from './cell.ts';
import { MissingColumnError } from './failure.ts';

/** One metric that the result has a column for. */
export interface PlacedMetric {
  readonly key: string;
  /** Of the family. */
  readonly name: string;
  readonly def: MetricDef;
  readonly place: Place;
}

/** One histogram and the column of its observations. */
export interface PlacedHistogram {
  readonly key: string;
  readonly name: string;
  readonly def: HistogramDef;
  readonly place: Place;
}

/** Where in the rows of a result the labels and values of a collector are. */
export interface Layout {
  readonly labelNames: readonly string[];
  readonly labelPlaces: readonly Place[];
  readonly metrics: readonly PlacedMetric[];
  readonly histograms: readonly PlacedHistogram[];
  /** Metrics without a column. */
  readonly missing: readonly string[];
}

/**
 * Finds the columns of a collector.
 *
 * @throws MissingColumnError when a declared label or histogram, or every metric, is not in the result.
 */
export type FindLayout = (collector: AnyCollector, variant: Variant<string>, columns: readonly Column[]) => Layout;

/** Anew. */
export const findLayout: FindLayout = (collector, variant, columns) => {
  const places = new Map<string, Place>(
    columns.map((column, index) => [column.name, { index, typeOid: column.typeOid }]),
  );
  const getPlace = (column: string): Place => {
    const place = places.get(column);
    if (place === undefined) throw new MissingColumnError(collector.id, variant.branch, column);
    return place;
  };
  const labelNames = Object.keys(collector.labels);
  const labelPlaces = labelNames.map((label) => getPlace(variant.columns?.labels?.[label] ?? label));
  const columnOf = (key: string): string => variant.columns?.values?.[key] ?? key;
  const isPresent = ([key]: readonly [string, unknown]): boolean => variant.omits?.includes(key) !== true;
  const nameOf = (key: string): string => `${collector.id}_${key}`;

  const histograms = Object.entries(collector.histograms ?? {})
    .filter(isPresent)
    .map(([key, def]) => ({ key, name: nameOf(key), def, place: getPlace(columnOf(key)) }));
  const declared = Object.entries(collector.metrics).filter(isPresent);
  const metrics = declared.flatMap(([key, def]): readonly PlacedMetric[] => {
    const place = places.get(columnOf(key));
    return place === undefined ? [] : [{ key, name: nameOf(key), def, place }];
  });
  const missing = declared.map(([key]) => key).filter((key) => !places.has(columnOf(key)));
  const [firstMissing] = missing;
  if (firstMissing !== undefined && metrics.length + histograms.length === 0) getPlace(columnOf(firstMissing));
  return { labelNames, labelPlaces, metrics, histograms, missing };
};

interface Known {
  readonly columns: readonly Column[];
  readonly layout: Layout;
}

/** As `findLayout`; a statement that returns the columns of the last time has its layout of the last time. */
export function rememberLayouts(): FindLayout {
  // By variant, which is one collector's: what a reload replaces is forgotten with it.
  const known = new WeakMap<Variant<string>, Known>();
  return (collector, variant, columns) => {
    const before = known.get(variant);
    if (before !== undefined && areEqual(before.columns, columns)) return before.layout;
    const layout = findLayout(collector, variant, columns);
    known.set(variant, { columns, layout });
    return layout;
  };
}

function areEqual(some: readonly Column[], others: readonly Column[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at += 1) {
    if (some[at]?.name !== others[at]?.name || some[at]?.typeOid !== others[at]?.typeOid) return false;
  }
  return true;
}
