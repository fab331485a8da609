import { expect, test } from 'vitest';
import { countPersonalData } from './personal-data.ts';

test.each([
  ['identity number', "$1 = '11010519491231002X'", 1],
  ['identity number', "$1 = '110105194912310021'", 0],
  ['mobile number', "VALUES ('13800138000')", 1],
  ['mobile number', 'duration: 13800138000 ms', 0],
  ['bank card', 'card 4111111111111111', 1],
  ['bank card', 'card 4111111111111112', 0],
  ['bank card', 'system identifier 7710730764901021745', 0],
  ['bank card', "'card 6226090000000048',,,'app','client backend',,1\n", 1],
  ['bank card', '"client backend",,6226090000000048\n2026-11-22 10:00:00 UTC,"app"', 0],
  ['bank card', 'Query Identifier: 6226090000000048', 0],
  ['bank card', '{"query_id":6226090000000048}', 0],
  ['e-mail address', "email = 'a.b@example.com'", 1],
  ['e-mail address', 'connection authorized: user=a@b.test', 0],
] as const)('%s in %s: %i', (kind, text, count) => {
  expect(countPersonalData(text)[kind]).toBe(count);
});
