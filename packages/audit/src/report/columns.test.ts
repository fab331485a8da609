import { expect, test } from 'vitest';
import { alignColumns, widthOf } from './columns.ts';

test('Chinese characters and full-width signs take two columns, the rest one', () => {
  expect([widthOf('pg-test'), widthOf('不符合'), widthOf('（a）'), widthOf('')]).toEqual([7, 6, 5, 0]);
});

test('columns line up, numbers to the right, without space at line ends', () => {
  expect(
    alignColumns(
      [
        ['框架', 'n', 'note'],
        ['SOC 2', '12', ''],
        ['MLPS', '3', 'x'],
      ],
      [1],
    ),
  ).toBe('框架    n  note\nSOC 2  12\nMLPS    3  x');
});

test('no rows give no text', () => {
  expect(alignColumns([])).toBe('');
});
