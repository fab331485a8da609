import type { AnyCollector, Variant } from '@pgattest/catalog';
import type { ResultSet } from '@pgattest/connect';
import type { Family, Sample } from '@pgattest/runtime';
import { MissingColumnError } from './failure.ts';
import { formatGoFloat, parseGoFloat } from './go-number.ts';
import { parseTimestampSeconds } from './timestamp.ts';

/** Families of one result, and what of it could not be read as a number. */
export interface Conversion {
  readonly families: readonly Family[];
  /** Values that are neither NULL nor a number, by column: exposed as NaN, counted here. */
  readonly unreadable: Readonly<Record<string, number>>;
  /** Number of samples over all families. */
  readonly samples: number;
}

/** pg_type.oid of the types whose text is not simply a number. */
const typeOid = { bool: 16, float4: 700, float8: 701, date: 1082, timestamp: 1114, timestamptz: 1184 } as const;

interface Place {
  readonly index: number;
  readonly typeOid: number;
}

type Row = readonly (string | null)[];

/**
 * Turns a result into families by the value rules of the contract: bool is 1 or 0, a timestamp is whole unix seconds
 * rounded down, everything else is parsed as a float, and NULL is an NaN sample (it says "asked, no value"; 0 would
 * lie). As a label, NULL is the empty text. A metric the variant omits has no family. Zero rows give families
 * without samples.
 *
 * @throws MissingColumnError when a declared label or metric is not in the result, even when it has no rows.
 */
export function rowsToFamilies(collector: AnyCollector, variant: Variant<string>, result: ResultSet): Conversion {
  const places = new Map<string, Place>(
    result.columns.map((column, index) => [column.name, { index, typeOid: column.typeOid }]),
  );
  const placeOf = (column: string): Place => {
    const place = places.get(column);
    if (place === undefined) throw new MissingColumnError(collector.id, variant.branch, column);
    return place;
  };

  const labelNames = Object.keys(collector.labels);
  const labelPlaces = labelNames.map(placeOf);
  const omitted = new Set(variant.omits);
  const metrics = Object.entries(collector.metrics)
    .filter(([key]) => !omitted.has(key))
    .map(([key, def]) => ({ key, def, place: placeOf(key) }));

  const labels = result.rows.map((row) => labelPlaces.map((place) => labelText(row, place)));
  const unreadable: Record<string, number> = {};
  const families = metrics.map(({ key, def, place }): Family => {
    const samples = result.rows.map((row, at): Sample => {
      const value = numberOf(row, place);
      if (value === undefined) unreadable[key] = (unreadable[key] ?? 0) + 1;
      return { labels: labels[at] ?? [], value: value ?? Number.NaN };
    });
    return { name: `${collector.id}_${key}`, kind: def.kind, help: def.help, labelNames, samples };
  });
  return { families, unreadable, samples: result.rows.length * metrics.length };
}

function numberOf(row: Row, place: Place): number | undefined {
  const text = row[place.index] ?? null;
  if (text === null) return Number.NaN;
  switch (place.typeOid) {
    case typeOid.bool:
      return boolOf(text);
    case typeOid.date:
    case typeOid.timestamp:
    case typeOid.timestamptz:
      return parseTimestampSeconds(text);
    default:
      return parseGoFloat(text);
  }
}

function boolOf(text: string): number | undefined {
  if (text === 't') return 1;
  return text === 'f' ? 0 : undefined;
}

function labelText(row: Row, place: Place): string {
  const text = row[place.index] ?? null;
  if (text === null) return '';
  switch (place.typeOid) {
    case typeOid.bool:
      return text === 't' ? 'true' : 'false';
    case typeOid.date:
    case typeOid.timestamp:
    case typeOid.timestamptz: {
      // ±infinity has no whole seconds and stays as the server writes it.
      const seconds = parseTimestampSeconds(text);
      return seconds === undefined || !Number.isFinite(seconds) ? text : String(seconds);
    }
    case typeOid.float4:
    case typeOid.float8: {
      const value = parseGoFloat(text);
      return value === undefined ? text : formatGoFloat(value);
    }
    default:
      return text;
  }
}
