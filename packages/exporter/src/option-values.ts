import { RuntimeError } from '@pgattest/runtime';

/** A whole number, 0 when not given. Errors: usage. */
export function wholeNumber(value: unknown, flag: string): number {
  const text = textOf(value) ?? '0';
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new RuntimeError('usage', `${flag} "${text}" is not a whole number`);
}

/** One text; undefined when not given. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

/** The texts of an option that may be repeated. */
export function textList(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? [value] : [];
}

/** The words of a list separated by commas. */
export function commaList(value: unknown): readonly string[] {
  return (textOf(value) ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
