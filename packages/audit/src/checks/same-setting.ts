import type { FactMap } from '../facts.ts';
import type { Json } from '../redact-document.ts';
import { findDurationMs } from './guc-duration.ts';

const sizeBytes: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1024,
  '8kB': 8192,
  '16MB': 16 * 1024 ** 2,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  TB: 1024 ** 4,
};
const onWords = new Set(['on', 'true', 'yes', '1']);
const offWords = new Set(['off', 'false', 'no', '0']);

/** Whether a value as somebody wrote it (`64MB`, `10min`, `true`) is what the server runs with. */
export function isSameSetting(
  wanted: Json,
  { value, unit }: Pick<FactMap['pg.settings'][string], 'value' | 'unit'>,
): boolean {
  const text = typeof wanted === 'string' ? wanted.trim() : JSON.stringify(wanted);
  if (text === value) return true;
  if (value === 'on' || value === 'off') return (value === 'on' ? onWords : offWords).has(text.toLowerCase());
  if (unit !== null && sizeBytes[unit] !== undefined) return sizeOf(text, unit) === Number(value) * sizeBytes[unit];
  if (unit !== null) {
    const bare = /^-?\d+(\.\d+)?$/u.test(text) ? `${text}${unit}` : text;
    return findDurationMs(bare) === findDurationMs(`${value}${unit}`);
  }
  if (text !== '' && value !== '' && Number(text) === Number(value)) return true;
  return words(text) === words(value);
}

function sizeOf(text: string, unit: string): number | undefined {
  const [, amount, named] = /^(-?\d+(?:\.\d+)?)\s*(B|kB|MB|GB|TB)?$/u.exec(text) ?? [];
  const factor = sizeBytes[named ?? unit];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}

/** Lists are the same however they are spaced and quoted. */
const words = (text: string): string => text.replaceAll(/["\s]+/gu, '');
