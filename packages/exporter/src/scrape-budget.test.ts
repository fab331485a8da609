import { expect, test } from 'vitest';
import { scrapeBudgetMs } from './scrape-budget.ts';

test.each<[string | undefined, number, number]>([
  [undefined, 10_000, 10_000],
  ['10', 10_000, 9_500],
  ['8.000000', 10_000, 7_500],
  ['60', 10_000, 10_000],
  ['0.6', 10_000, 300],
  ['0', 10_000, 10_000],
  ['-1', 10_000, 10_000],
  ['soon', 10_000, 10_000],
  ['Infinity', 10_000, 10_000],
])('a scraper that waits %s s, with %d ms configured, is answered within %d ms', (header, configured, expected) => {
  expect(scrapeBudgetMs(header, configured)).toBe(expected);
});
