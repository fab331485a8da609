import type { Sheet } from './work-sheet.ts';

/**
 * A sheet as RFC 4180 text that Excel opens in any language: UTF-8 with a byte order mark, CRLF, every text quoted. A
 * text that a spreadsheet would run as a formula begins with an apostrophe, also when blanks come first.
 */
export const renderCsv = ({ head, rows }: Pick<Sheet, 'head' | 'rows'>): string =>
  `\uFEFF${[head, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;

const field = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `"${withoutFormula(value).replaceAll('"', '""')}"`;

/** What spreadsheets take for the begin of a formula, in both widths. */
const formula = /^\s*[=+\-@＝＋－＠|]|^[\t\r\n]/u;

/** The text with an apostrophe before it where a spreadsheet would run it. */
export const withoutFormula = (text: string): string => (formula.test(text) ? `'${text}` : text);
