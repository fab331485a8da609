import { expect, test } from 'vitest';
import { judgeNode, nodeFile, type NodeFacts } from '../node.fixture.ts';
import { nodeConfigFilesProtected } from './node-config-files-protected.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: anybody may read the passwords of HAProxy',
    'fail',
    { 'node.files': { pgUser: 'postgres', files: [nodeFile('secret', '/etc/haproxy/haproxy.cfg', '0644')] } },
  ],
  [
    'anybody may write a configuration',
    'fail',
    { 'node.files': { pgUser: 'postgres', files: [nodeFile('config', '/etc/etcd/etcd.conf', '0646')] } },
  ],
  [
    'anybody may remove the files of the log',
    'fail',
    { 'node.files': { pgUser: 'postgres', files: [nodeFile('log-folder', '/pg/log', '0777')] } },
  ],
  [
    'anybody may list the files of the log',
    'pass',
    { 'node.files': { pgUser: 'postgres', files: [nodeFile('log-folder', '/pg/log', '0755')] } },
  ],
  [
    'anybody may read a configuration without secrets',
    'pass',
    { 'node.files': { pgUser: 'postgres', files: [nodeFile('config', '/etc/etcd/etcd.conf', '0644')] } },
  ],
  [
    'the group may write',
    'warn',
    { 'node.files': { pgUser: 'postgres', files: [nodeFile('config', '/etc/etcd/etcd.conf', '0664')] } },
  ],
  [
    'the group may read a key',
    'warn',
    { 'node.files': { pgUser: 'postgres', files: [nodeFile('key', '/pg/cert/server.key', '0640')] } },
  ],
  [
    "a key of root's that a group reads, as Debian does it",
    'pass',
    {
      'node.files': { pgUser: 'postgres', files: [nodeFile('key', '/pg/cert/server.key', '0640', { owner: 'root' })] },
    },
  ],
  [
    'a file may not be looked at',
    'undecided',
    {
      'node.files': {
        pgUser: 'postgres',
        files: [
          nodeFile('key', '/pg/cert/server.key', '0600'),
          { role: 'secret', path: '/etc/patroni/patroni.yml', state: 'denied' },
        ],
      },
    },
  ],
  [
    'nothing is where it should be',
    'undecided',
    {
      'node.files': {
        pgUser: 'postgres',
        files: [{ role: 'secret', path: '/etc/patroni/patroni.yml', state: 'absent' }],
      },
    },
  ],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeConfigFilesProtected, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
