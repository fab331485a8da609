import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodePgAccountLocked } from './node-pg-account-locked.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: a password',
    'fail',
    {
      'node.accounts': {
        ...hardenedNode['node.accounts'],
        accounts: [{ name: 'postgres', uid: 26, shell: '/bin/bash', hasShell: true, password: 'set', sshKeys: 0 }],
      },
    },
  ],
  [
    'an empty password',
    'fail',
    {
      'node.accounts': {
        ...hardenedNode['node.accounts'],
        accounts: [{ name: 'postgres', uid: 26, shell: '/bin/bash', hasShell: true, password: 'empty', sshKeys: 0 }],
      },
    },
  ],
  [
    'keys',
    'warn',
    {
      'node.accounts': {
        ...hardenedNode['node.accounts'],
        accounts: [{ name: 'postgres', uid: 26, shell: '/bin/bash', hasShell: true, password: 'locked', sshKeys: 2 }],
      },
    },
  ],
  [
    'the shadow file may not be read',
    'undecided',
    {
      'node.accounts': {
        ...hardenedNode['node.accounts'],
        accounts: [{ name: 'postgres', uid: 26, shell: '/bin/bash', hasShell: true, password: null, sshKeys: 0 }],
      },
    },
  ],
  [
    'the keys may not be read',
    'undecided',
    {
      'node.accounts': {
        ...hardenedNode['node.accounts'],
        accounts: [
          { name: 'postgres', uid: 26, shell: '/bin/bash', hasShell: true, password: 'locked', sshKeys: null },
        ],
      },
    },
  ],
  ['there is no such account', 'undecided', { 'node.accounts': { ...hardenedNode['node.accounts'], accounts: [] } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodePgAccountLocked, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
