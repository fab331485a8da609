import { expect, it } from 'vitest';
import type { Verdict } from './audit-run.ts';
import { surprises, turnedSince } from './compare.ts';

const run = (states: Readonly<Record<string, Verdict['state']>>): ReadonlyMap<string, Verdict> =>
  new Map(
    Object.entries(states).map(([id, state]) => {
      const [check = '', subject = ''] = id.split('/');
      return [id, { check, subject, state, reason: `${id} is ${state}` }];
    }),
  );

it('sees a verdict that turned, one that is gone and one that is new, and no other', () => {
  const turned = turnedSince(
    run({ 'a/m': 'pass', 'b/m': 'fail', 'c/m': 'warn' }),
    run({ 'a/m': 'error', 'b/m': 'fail', 'd/m': 'pass' }),
  );
  expect(turned.map(({ check, from, to }) => [check, from, to])).toEqual([
    ['a', 'pass', 'error'],
    ['c', 'warn', 'none'],
    ['d', 'none', 'pass'],
  ]);
});

it('is surprised by what is missing, what is on another member, and by an unknown', () => {
  const turned = turnedSince(
    run({ 'a/m': 'pass', 'a/n': 'pass', 'b/m': 'pass' }),
    run({ 'a/m': 'pass', 'a/n': 'fail', 'b/m': 'error' }),
  );
  expect(surprises(turned, [{ check: 'a', subject: 'm', state: 'fail' }])).toEqual([
    'missing: a/m fail',
    'unexpected: a/n pass -> fail: a/n is fail',
    'unexpected: b/m pass -> error: b/m is error',
  ]);
});

it('is content with exactly what was expected', () => {
  const turned = turnedSince(run({ 'a/m': 'pass', 'b/m': 'warn' }), run({ 'a/m': 'fail', 'b/m': 'warn' }));
  expect(surprises(turned, [{ check: 'a', subject: 'm', state: 'fail' }])).toEqual([]);
});
