import type { Ratio } from './model.ts';

/** `2026-11-21 20:33:19 UTC` from ISO 8601 UTC; anything else is printed as it is. */
export const formatTime = (iso: string): string =>
  iso.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/u, '$1 $2 UTC');

/** Whole per cent, rounded down so that 100 % means all; undefined without a basis. */
export const percentOf = ({ part, whole }: Ratio): number | undefined =>
  whole === 0 ? undefined : Math.floor((part * 100) / whole);

/** `1,234,567`, the same in both languages. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/gu, ',');

/** Fragment identifier for an id of ours: `pg-tls-enabled/pg-demo-1` becomes `pg-tls-enabled-pg-demo-1`. */
export const anchorOf = (kind: string, id: string): string => `${kind}-${id.replace(/[^\p{L}\p{N}.-]+/gu, '-')}`;
