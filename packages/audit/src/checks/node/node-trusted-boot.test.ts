import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeTrustedBoot } from './node-trusted-boot.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  ['weak: switched off', 'warn', { 'node.protection': { ...hardenedNode['node.protection'], secureBoot: false } }],
  ['no EFI', 'warn', { 'node.protection': { ...hardenedNode['node.protection'], secureBoot: null, hasTpm: false } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeTrustedBoot, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
