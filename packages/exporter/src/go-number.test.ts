import { describe, expect, test } from 'vitest';
import { formatGoFloat, parseGoFloat } from './go-number.ts';

describe('numbers are read as Go reads them', () => {
  test.each<[string, number | undefined]>([
    ['42', 42],
    ['-0.5', -0.5],
    ['1e3', 1000],
    ['.5', 0.5],
    ['5.', 5],
    ['9223372036854775807', 2 ** 63],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['NaN', Number.NaN],
    ['', undefined],
    [' 1', undefined],
    ['1 ', undefined],
    ['0x10', undefined],
    ['12kB', undefined],
    ['1e999', undefined],
    ['0/16B3748', undefined],
  ])('%j is %s', (text, expected) => {
    expect(parseGoFloat(text)).toBe(expected);
  });
});

describe('floats are written as Go writes them', () => {
  test.each<[number, string]>([
    [100000, '100000'],
    [1000000, '1e+06'],
    [123456789, '1.23456789e+08'],
    [1.7e9, '1.7e+09'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-2.5, '-2.5'],
    [0, '0'],
    [1e100, '1e+100'],
    [Number.NaN, 'NaN'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
  ])('%d is %s', (value, expected) => {
    expect(formatGoFloat(value)).toBe(expected);
  });

  test('text written is read back to the same float', () => {
    for (const value of [0.1, 1 / 3, 1e21, 1.5e-9, 2 ** 52 + 0.5]) {
      expect(parseGoFloat(formatGoFloat(value))).toBe(value);
    }
  });
});
