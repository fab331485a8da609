import { expect, test } from 'vitest';
import { psqlArray } from './psql-array.ts';

test.each([
  [[], '{}'],
  [['all'], '{all}'],
  [['postgres', '+ops'], '{postgres,+ops}'],
  [['a b', '', 'null', 'x,y', '{z}'], '{"a b","","null","x,y","{z}"}'],
  [['say "hi"', String.raw`a\b`], String.raw`{"say \"hi\"","a\\b"}`],
])('prints %j as the server does', (values, expected) => {
  expect(psqlArray(values)).toBe(expected);
});
