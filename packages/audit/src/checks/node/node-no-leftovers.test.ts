import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { seenAt } from '../settings.fixture.ts';
import { nodeNoLeftovers } from './node-no-leftovers.ts';

test.each<readonly [string, string, FactMap['node.leftovers']]>([
  ['hardened', 'pass', { root: '/data', found: [], denied: [], isCut: false }],
  [
    'weak: an old copy',
    'fail',
    {
      root: '/data',
      found: [
        {
          kind: 'data-directory',
          path: '/data/old',
          mode: '0700',
          owner: 'postgres',
          modifiedAt: '2026-10-01T00:00:00.000Z',
        },
      ],
      denied: [],
      isCut: false,
    },
  ],
  [
    'a fresh copy',
    'warn',
    {
      root: '/data',
      found: [
        {
          kind: 'data-directory',
          path: '/data/old',
          mode: '0700',
          owner: 'postgres',
          modifiedAt: '2026-11-20T00:00:00.000Z',
        },
      ],
      denied: [],
      isCut: false,
    },
  ],
  [
    'a fresh copy that others may read',
    'fail',
    {
      root: '/data',
      found: [
        {
          kind: 'data-directory',
          path: '/data/old',
          mode: '0755',
          owner: 'postgres',
          modifiedAt: '2026-11-20T00:00:00.000Z',
        },
      ],
      denied: [],
      isCut: false,
    },
  ],
  ['a folder may not be entered', 'undecided', { root: '/data', found: [], denied: ['/data/x'], isCut: false }],
  ['too many folders', 'undecided', { root: '/data', found: [], denied: [], isCut: true }],
])('%s: %s', (_, outcome, given) => {
  const verdict = nodeNoLeftovers.evaluate({ 'node.leftovers': given }, nodeNoLeftovers.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
