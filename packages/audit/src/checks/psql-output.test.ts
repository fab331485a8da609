import { expect, test } from 'vitest';
import { psqlRow, psqlRows } from './psql-output.ts';

test('prints values as psql -XAt does', () => {
  expect(psqlRow('a b', null, true, false, 3)).toBe('a b||t|f|3');
  expect(psqlRow('', null)).toBe('|');
  expect(psqlRows([['x'], [null], [1, true]])).toBe('x\n\n1|t');
  expect(psqlRows([])).toBe('');
});
