import { expect, test } from 'vitest';
import { fillQuery, joinValues } from './variables.ts';

test('variables are filled in, and what is no variable stays', () => {
  expect(
    fillQuery(
      'label_replace(rate(x{cls="$cls",proxy=~"$cls-[^-]+"}[$__rate_interval]), "a", "$1", "ip", "(.+)$other")',
      { cls: 'pg-test' },
      '1m',
    ),
  ).toBe('label_replace(rate(x{cls="pg-test",proxy=~"pg-test-[^-]+"}[1m]), "a", "$1", "ip", "(.+)$other")');
});

test('several values are one regular expression in which they are themselves', () => {
  expect(joinValues(['pg-test-1'])).toBe('pg-test-1');
  expect(joinValues(['a.b', 'c'])).toBe(String.raw`(a\\.b|c)`);
});
