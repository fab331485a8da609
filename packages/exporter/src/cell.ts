import { formatGoFloat, parseGoFloat } from './go-number.ts';
import { parseTimestampSeconds } from './timestamp.ts';

/** pg_type.oid of the types whose text is not simply a number. */
export const typeOid = { bool: 16, float4: 700, float8: 701, date: 1082, timestamp: 1114, timestamptz: 1184 } as const;

/** Where in a row a value is, and of what type. */
export interface Place {
  readonly index: number;
  readonly typeOid: number;
}

/** Values as the server's text, in column order. */
export type Row = readonly (string | null)[];

/** Whether the column holds points in time. */
export function isTimeType({ typeOid: oid }: Place): boolean {
  return oid === typeOid.date || oid === typeOid.timestamp || oid === typeOid.timestamptz;
}

/** A value as a number, a time as whole seconds unless fractions are kept; undefined when it is none. */
export function numberOf(text: string, place: Place, keepsFractions = false): number | undefined {
  if (place.typeOid === typeOid.bool) return boolOf(text);
  return isTimeType(place) ? parseTimestampSeconds(text, keepsFractions) : parseGoFloat(text);
}

/** A value as the text of a label; NULL is empty. */
export function labelText(row: Row, place: Place): string {
  const text = row[place.index] ?? null;
  if (text === null) return '';
  if (isTimeType(place)) {
    // ±infinity has no whole seconds and stays as the server writes it.
    const seconds = parseTimestampSeconds(text);
    return seconds === undefined || !Number.isFinite(seconds) ? text : String(seconds);
  }
  switch (place.typeOid) {
    case typeOid.bool:
      return text === 't' ? 'true' : 'false';
    case typeOid.float4:
    case typeOid.float8: {
      const value = parseGoFloat(text);
      return value === undefined ? text : formatGoFloat(value);
    }
    default:
      return text;
  }
}

function boolOf(text: string): number | undefined {
  if (text === 't') return 1;
  return text === 'f' ? 0 : undefined;
}
