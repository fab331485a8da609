import { expect, test } from 'vitest';
import { seenAt } from '../settings.fixture.ts';
import { nodeFipsMode } from './node-fips-mode.ts';

test.each([
  ['hardened, and asked for', 'pass', true, '1'],
  ['weak: asked for and off', 'fail', true, '0'],
  ['asked for, on a kernel without the switch', 'fail', true, null],
  ['not asked for', 'not_applicable', false, '0'],
  ['not asked for, and on all the same', 'not_applicable', false, '1'],
] as const)('%s: %s', (_, outcome, required, fipsEnabled) => {
  const facts = { 'node.crypto-policy': { fipsEnabled, policy: null } };
  expect(nodeFipsMode.evaluate(facts, { required }, seenAt).outcome).toBe(outcome);
});
