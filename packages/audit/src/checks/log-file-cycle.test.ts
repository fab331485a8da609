import { expect, test } from 'vitest';
import { logFileCycleDays } from './log-file-cycle.ts';

test.each([
  ['postgresql-%Y-%m-%d_%H%M%S.log', Infinity],
  ['postgresql-%F.log', Infinity],
  ['pg-%s.log', Infinity],
  ['%Y/%j.log', Infinity],
  ['%G-W%V-%u.log', Infinity],
  ['pg-%m%d.log', 364],
  ['pg-%j.log', 364],
  // The year alone does not tell two days apart.
  ['pg-%Y-%a.log', 7],
  ['pg-%d.log', 28],
  ['postgresql-%a.log', 7],
  ['postgresql-%u-%H.log', 7],
  ['postgresql-%H.log', 1],
  ['postgresql.log', 0],
])('%s repeats after %d days', (filename, days) => {
  expect(logFileCycleDays(filename)).toBe(days);
});
