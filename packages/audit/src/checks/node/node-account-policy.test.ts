import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeAccountPolicy } from './node-account-policy.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: an account without a password',
    'fail',
    {
      'node.accounts': {
        ...hardenedNode['node.accounts'],
        accounts: [{ name: 'guest', uid: 1001, shell: '/bin/sh', hasShell: true, password: 'empty', sshKeys: 0 }],
      },
    },
  ],
  [
    'a second root',
    'fail',
    {
      'node.accounts': {
        ...hardenedNode['node.accounts'],
        accounts: [
          ...hardenedNode['node.accounts'].accounts,
          { name: 'toor', uid: 0, shell: '/bin/sh', hasShell: true, password: 'locked', sshKeys: 0 },
        ],
      },
    },
  ],
  [
    'passwords for ever',
    'warn',
    { 'node.accounts': { ...hardenedNode['node.accounts'], loginDefs: { PASS_MAX_DAYS: '99999' } } },
  ],
  ['no quality', 'warn', { 'node.accounts': { ...hardenedNode['node.accounts'], passwordQuality: null } }],
  ['no lock-out', 'warn', { 'node.accounts': { ...hardenedNode['node.accounts'], locksOut: false } }],
  ['no idle time', 'warn', { 'node.accounts': { ...hardenedNode['node.accounts'], shellTimeoutSeconds: null } }],
  [
    'nobody has a password, so no policy is missed',
    'pass',
    {
      'node.accounts': {
        ...hardenedNode['node.accounts'],
        accounts: [{ name: 'root', uid: 0, shell: '/bin/bash', hasShell: true, password: 'locked', sshKeys: 0 }],
        loginDefs: {},
        passwordQuality: null,
        locksOut: false,
      },
    },
  ],
  [
    'the shadow file may not be read',
    'undecided',
    {
      'node.accounts': {
        ...hardenedNode['node.accounts'],
        accounts: [{ name: 'root', uid: 0, shell: '/bin/bash', hasShell: true, password: null, sshKeys: null }],
      },
    },
  ],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeAccountPolicy, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
