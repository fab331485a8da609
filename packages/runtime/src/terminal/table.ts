import { loadTable } from '../lazy-library.ts';
import type { Colour } from './colour.ts';

/** A table of text; `align` is per column, left when absent. */
export interface TableSpec {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly align?: readonly ('left' | 'right' | 'center')[];
  /** Styles the heading. Cells may already carry colour: their width is counted without it. */
  readonly colour?: Colour;
}

/** Columns separated by two spaces, CJK characters counted as two columns, no newline at the end. */
export function renderTable({ head, rows, align = [], colour = (_, text) => text }: TableSpec): string {
  const Table = loadTable();
  const table = new Table({
    head: head.map((title) => colour('bold', title)),
    colAligns: head.map((_, index) => align[index] ?? 'left'),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
