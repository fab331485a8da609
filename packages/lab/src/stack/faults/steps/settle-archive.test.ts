import { expect, test } from 'vitest';
import { judgeArchiver } from './settle-archive.ts';

test.each([
  ['nothing failed', '', 'well'],
  ['a segment of its own timeline', '00000008000000000000000E', 'waiting'],
  ['a segment of a timeline that has ended', '00000007000000000000000E', 'superseded'],
  ['the end of a timeline, which has a name of its own', '00000007000000000000000E.partial', 'waiting'],
  ['a history file', '00000008.history', 'waiting'],
])('%s', (_, failing, verdict) => {
  expect(judgeArchiver({ failing, timeline: 8 })).toBe(verdict);
});
