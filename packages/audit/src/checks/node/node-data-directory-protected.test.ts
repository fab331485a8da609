import { expect, test } from 'vitest';
import { judgeNode, nodeFile, type NodeFacts } from '../node.fixture.ts';
import { nodeDataDirectoryProtected } from './node-data-directory-protected.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: others may enter',
    'fail',
    { 'node.files': { pgUser: 'postgres', files: [nodeFile('pgdata', '/pg/data', '0755')] } },
  ],
  [
    'group access, as initdb -g gives it',
    'pass',
    { 'node.files': { pgUser: 'postgres', files: [nodeFile('pgdata', '/pg/data', '0750')] } },
  ],
  [
    'the group may write',
    'fail',
    { 'node.files': { pgUser: 'postgres', files: [nodeFile('pgdata', '/pg/data', '0770')] } },
  ],
  [
    'somebody else owns it',
    'fail',
    { 'node.files': { pgUser: 'postgres', files: [nodeFile('pgdata', '/pg/data', '0700', { owner: 'root' })] } },
  ],
  [
    'etcd has an owner of its own',
    'pass',
    {
      'node.files': {
        pgUser: 'postgres',
        files: [nodeFile('pgdata', '/pg/data', '0700'), nodeFile('etcd-data', '/data/etcd', '0700', { owner: 'etcd' })],
      },
    },
  ],
  [
    'it may not be looked at',
    'undecided',
    { 'node.files': { pgUser: 'postgres', files: [{ role: 'pgdata', path: '/pg/data', state: 'denied' }] } },
  ],
  [
    'it is not there',
    'undecided',
    { 'node.files': { pgUser: 'postgres', files: [{ role: 'pgdata', path: '/pg/data', state: 'absent' }] } },
  ],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeDataDirectoryProtected, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
