import type { AnyCollector, Variant } from '@pgattest/catalog';
import type { ResultSet } from '@pgattest/connect';
import type { Family, Sample } from '@pgattest/runtime';
import { isTimeType, labelText, numberOf, typeOid, type Place, type Row } from './cell.ts';
import { InvalidResultError } from './failure.ts';
import { histogramFamilies } from './histogram.ts';
import { findLayout, type FindLayout, type PlacedMetric } from './layout.ts';
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

/** What an operator decides about values, and what is remembered; all may be left out. */
export interface ConversionRules {
  /** Rows beyond this many series are cut; no limit. */
  readonly maxSeries?: number;
  /** NULL without a default is no sample instead of NaN; false. */
  readonly omitsNull?: boolean;
  /** A time that is a value keeps its fraction of a second; false. */
  readonly keepsFractions?: boolean;
  /** Finds the columns; anew for each result. */
  readonly findLayout?: FindLayout;
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
  const { maxSeries = Infinity, findLayout: find = findLayout } = rules;
  const { labelNames, labelPlaces, metrics, histograms, missing } = find(collector, variant, result.columns);
  const keptRows = Math.max(1, Math.floor(maxSeries / Math.max(1, metrics.length)));
  const rows = result.rows.length > keptRows ? result.rows.slice(0, keptRows) : result.rows;
  // One tuple for all metrics of a row: who compares or writes labels later looks at each only once.
  const labels = rows.map((row) => labelsOf(row, labelPlaces));
  const unreadable: Record<string, number> = {};
  const families: Family[] = [];
  let count = 0;
  for (const metric of metrics) {
    const samples = samplesOf(metric, rows, labels, rules, unreadable);
    count += samples.length;
    families.push({ name: metric.name, kind: metric.def.kind, help: metric.def.help, labelNames, samples });
  }
  for (const { key, name, def, place } of histograms) {
    const observations = rows.flatMap((row, at) => {
      if ((row[place.index] ?? null) === null && def.default === undefined) return [];
      const value = valueOf(row, place, def, rules);
      if (value === undefined || !Number.isFinite(value)) {
        throw new InvalidResultError(`${collector.id} (branch ${variant.branch}): ${key} is not a finite number`);
      }
      return [{ labels: labels[at] ?? [], value }];
    });
    for (const family of histogramFamilies(name, def, labelNames, observations)) {
      count += family.samples.length;
      families.push(family);
    }
  }
  return { families, unreadable, missing, cut: (result.rows.length - rows.length) * metrics.length, samples: count };
}

/** Labels of a row, in the order of the collector. */
function labelsOf(row: Row, places: readonly Place[]): readonly string[] {
  const labels: string[] = [];
  for (const place of places) labels.push(labelText(row, place));
  return labels;
}

/** Samples of one metric; adds to `unreadable` what is no number. */
function samplesOf(
  { key, def, place }: PlacedMetric,
  rows: readonly Row[],
  labels: readonly (readonly string[])[],
  rules: ConversionRules,
  unreadable: Record<string, number>,
): readonly Sample[] {
  const isOmittedNull = rules.omitsNull === true && def.default === undefined;
  const samples: Sample[] = [];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? [];
    if (isOmittedNull && (row[place.index] ?? null) === null) continue;
    const value = valueOf(row, place, def, rules);
    if (value === undefined) unreadable[key] = (unreadable[key] ?? 0) + 1;
    samples.push({ labels: labels[at] ?? [], value: value ?? Number.NaN });
  }
  return samples;
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
