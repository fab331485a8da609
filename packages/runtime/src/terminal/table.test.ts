import { expect, test } from 'vitest';
import { createColour } from './colour.ts';
import { renderTable } from './table.ts';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

test('columns are aligned, Chinese counts double and lines have no trailing blanks', () => {
  const text = renderTable({
    head: ['框架', 'met', 'note'],
    rows: [
      ['等级保护', '10', ''],
      ['SOC 2', '7', 'two open'],
    ],
    align: ['left', 'right'],
  });
  expect(text).toBe(['框架      met  note', '等级保护   10', 'SOC 2       7  two open'].join('\n'));
});

test('colour does not count as width', () => {
  const colour = createColour(new PassThrough(), { FORCE_COLOR: '1' });
  const text = renderTable({ head: ['a', 'b'], rows: [[colour('red', 'xx'), 'y']], colour });
  expect(stripVTControlCharacters(text)).toBe('a   b\nxx  y');
});
