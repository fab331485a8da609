import { expect, test } from 'vitest';
import { nameList } from './name-list.ts';

test('a short list names everything', () => {
  expect(nameList(['a', 'b'])).toEqual({ en: 'a, b', zh: 'a、b' });
});

test('a long list names the first and counts', () => {
  expect(nameList(['a', 'b', 'c', 'd'], 2)).toEqual({ en: 'a, b and 2 more', zh: 'a、b 等 4 个' });
});
