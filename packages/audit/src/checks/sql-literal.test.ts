import { expect, test } from 'vitest';
import { sqlEquals, sqlLiteral, sqlLiterals } from './sql-literal.ts';

test.each([
  ['app', `'app'`],
  [`o'clock`, `'o''clock'`],
  [String.raw`a\b`, String.raw`E'a\\b'`],
  [String.raw`\'`, String.raw`E'\\'''`],
  ['', `''`],
])('quotes %j so that no server setting can misread it', (value, expected) => {
  expect(sqlLiteral(value)).toBe(expected);
});

test('several values stand in a list', () => {
  expect(sqlLiterals(['a', `b'`])).toBe(`'a', 'b'''`);
});

test('no value is a condition of its own', () => {
  expect(sqlEquals(null)).toBe('IS NULL');
  expect(sqlEquals('app')).toBe(`= 'app'`);
});
