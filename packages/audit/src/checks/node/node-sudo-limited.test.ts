import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeSudoLimited } from './node-sudo-limited.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: the database account is root',
    'fail',
    {
      'node.sudoers': {
        pgUser: 'postgres',
        files: ['/etc/sudoers'],
        rules: [{ file: '/etc/sudoers', line: 3, who: 'postgres', isNoPasswd: true, commands: ['ALL'] }],
      },
    },
  ],
  [
    'an administrator without a password',
    'warn',
    {
      'node.sudoers': {
        pgUser: 'postgres',
        files: ['/etc/sudoers'],
        rules: [{ file: '/etc/sudoers', line: 3, who: '%admin', isNoPasswd: true, commands: ['ALL'] }],
      },
    },
  ],
  [
    'everything, with a password',
    'pass',
    {
      'node.sudoers': {
        pgUser: 'postgres',
        files: ['/etc/sudoers'],
        rules: [{ file: '/etc/sudoers', line: 3, who: '%sudo', isNoPasswd: false, commands: ['ALL'] }],
      },
    },
  ],
  ['no sudo at all', 'pass', { 'node.sudoers': { pgUser: 'postgres', files: [], rules: [] } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeSudoLimited, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
