import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { seenAt } from '../settings.fixture.ts';
import { nodeMemoryResidue } from './node-memory-residue.ts';

test.each<readonly [string, string, FactMap['node.kernel']]>([
  ['hardened', 'pass', { sysctl: { 'kernel.core_pattern': 'core' }, swaps: [], coreLimit: '0' }],
  [
    'weak: swap in clear',
    'warn',
    {
      sysctl: { 'kernel.core_pattern': 'core' },
      swaps: [{ path: '/dev/sda2', sizeKib: 1, isEncrypted: false }],
      coreLimit: '0',
    },
  ],
  [
    'encrypted swap',
    'pass',
    {
      sysctl: { 'kernel.core_pattern': 'core' },
      swaps: [{ path: '/dev/dm-1', sizeKib: 1, isEncrypted: true }],
      coreLimit: '0',
    },
  ],
  ['core files', 'warn', { sysctl: { 'kernel.core_pattern': 'core' }, swaps: [], coreLimit: 'unlimited' }],
  ['not seen', 'undecided', { sysctl: { 'kernel.core_pattern': 'core' }, swaps: [], coreLimit: null }],
])('%s: %s', (_, outcome, given) => {
  const verdict = nodeMemoryResidue.evaluate({ 'node.kernel': given }, nodeMemoryResidue.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
