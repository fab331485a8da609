import type { AnyCollector, MetricDef, Variant } from '@pgattest/catalog';
import type { ResultSet } from '@pgattest/connect';
import type { Family, Sample } from '@pgattest/runtime';
import { isTimeType, labelText, numberOf, typeOid, type Place, type Row } from './cell.ts';
import { InvalidResultError, MissingColumnError } from './failure.ts';
import { histogramFamilies } from './histogram.ts';
import type { TopCounts } from './top-k.ts';

/** Families of one result, and what of it could not be read as a number. */
export interface Conversion {
  readonly families: readonly Family[];
  /** Values that are neither NULL nor a number, by metric: exposed as NaN, counted here. */
  readonly unreadable: Readonly<Record<string, number>>;
  /** Metrics whose column the result does not have: not exposed, named here. */
  readonly missing: readonly string[];
  /** Series left out because there were more than `maxSeries`. */
  readonly cut: number;
  /** Number of samples over all families. */
  readonly samples: number;
  /** Of a collector of which not every row is shown. */
  readonly top?: TopCounts;
}

/** What an operator decides about values; all may be left out. */
export interface ConversionRules {
  /** Rows beyond this many series are cut; no limit. */
  readonly maxSeries?: number;
  /** NULL without a default is no sample instead of NaN; false. */
  readonly omitsNull?: boolean;
  /** A time that is a value keeps its fraction of a second; false. */
  readonly keepsFractions?: boolean;
}

interface Metric {
  readonly key: string;
  readonly def: MetricDef;
  readonly place: Place;
}

/**
 * Turns a result into families by the value rules of the contract: bool is 1 or 0, a timestamp is whole unix seconds
 * rounded down, everything else is parsed as a float and scaled, and NULL is the default or an NaN sample (it says
 * "asked, no value"; 0 would lie). As a label, NULL is the empty text. A metric the variant omits has no family. Zero
 * rows give families without samples. Rows beyond `maxSeries` are cut, last ones first. `rules` may change what NULL and
 * times give.
 *
 * @throws MissingColumnError when a declared label or histogram, or every metric, is not in the result, even when it
 * has no rows; InvalidResultError for an observation that is no finite number.
 */
export function rowsToFamilies(
  collector: AnyCollector,
  variant: Variant<string>,
  result: ResultSet,
  rules: ConversionRules = {},
): Conversion {
  const { maxSeries = Infinity, omitsNull = false } = rules;
  const isOmitted = (row: Row, place: Place, def: MetricDef): boolean =>
    omitsNull && def.default === undefined && (row[place.index] ?? null) === null;
  const places = new Map<string, Place>(
    result.columns.map((column, index) => [column.name, { index, typeOid: column.typeOid }]),
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

  const histograms = Object.entries(collector.histograms ?? {})
    .filter(isPresent)
    .map(([key, def]) => ({ key, def, place: getPlace(columnOf(key)) }));
  const declared = Object.entries(collector.metrics).filter(isPresent);
  const metrics = declared.flatMap(([key, def]): readonly Metric[] => {
    const place = places.get(columnOf(key));
    return place === undefined ? [] : [{ key, def, place }];
  });
  const missing = declared.map(([key]) => key).filter((key) => !places.has(columnOf(key)));
  const [firstMissing] = missing;
  if (firstMissing !== undefined && metrics.length + histograms.length === 0) getPlace(columnOf(firstMissing));

  const keptRows = Math.max(1, Math.floor(maxSeries / Math.max(1, metrics.length)));
  const rows = result.rows.length > keptRows ? result.rows.slice(0, keptRows) : result.rows;
  const labels = rows.map((row) => labelPlaces.map((place) => labelText(row, place)));
  const unreadable: Record<string, number> = {};
  const scalars = metrics.map(({ key, def, place }): Family => {
    const samples = rows.flatMap((row, at): readonly Sample[] => {
      if (isOmitted(row, place, def)) return [];
      const value = valueOf(row, place, def, rules);
      if (value === undefined) unreadable[key] = (unreadable[key] ?? 0) + 1;
      return [{ labels: labels[at] ?? [], value: value ?? Number.NaN }];
    });
    return { name: `${collector.id}_${key}`, kind: def.kind, help: def.help, labelNames, samples };
  });
  const distributions = histograms.flatMap(({ key, def, place }) => {
    const observations = rows.flatMap((row, at) => {
      if ((row[place.index] ?? null) === null && def.default === undefined) return [];
      const value = valueOf(row, place, def, rules);
      if (value === undefined || !Number.isFinite(value)) {
        throw new InvalidResultError(`${collector.id} (branch ${variant.branch}): ${key} is not a finite number`);
      }
      return [{ labels: labels[at] ?? [], value }];
    });
    return histogramFamilies(`${collector.id}_${key}`, def, labelNames, observations);
  });
  const families = [...scalars, ...distributions];
  return {
    families,
    unreadable,
    missing,
    cut: (result.rows.length - rows.length) * metrics.length,
    samples: families.reduce((sum, { samples }) => sum + samples.length, 0),
  };
}

/** A number, scaled unless it is a boolean or a time; undefined when it is none. */
function valueOf(
  row: Row,
  place: Place,
  def: { readonly scale?: number; readonly default?: number },
  { keepsFractions = false }: ConversionRules,
): number | undefined {
  const text = row[place.index] ?? null;
  const scale = def.scale ?? 1;
  if (text === null) return def.default === undefined ? Number.NaN : def.default * scale;
  const value = numberOf(text, place, keepsFractions);
  if (value === undefined || place.typeOid === typeOid.bool || isTimeType(place)) return value;
  return value * scale;
}
