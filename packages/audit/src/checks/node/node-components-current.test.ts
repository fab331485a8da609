import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, nodePackage, type NodeFacts } from '../node.fixture.ts';
import { nodeComponentsCurrent } from './node-components-current.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  [
    'weak: a flaw of the pooler',
    'fail',
    {
      'node.packages': {
        ...hardenedNode['node.packages'],
        components: { pgbouncer: nodePackage('pgbouncer', '1.25.0-1.pgdg12+1') },
      },
    },
  ],
  [
    'a flaw that the distribution may have mended',
    'warn',
    {
      'node.packages': {
        ...hardenedNode['node.packages'],
        components: { haproxy: nodePackage('haproxy', '2.6.12-1+deb12u4', 'Debian HAProxy Maintainers') },
      },
    },
  ],
  [
    'behind',
    'warn',
    {
      'node.packages': {
        ...hardenedNode['node.packages'],
        components: { pgbackrest: nodePackage('pgbackrest', '2.45-1') },
      },
    },
  ],
  [
    'a branch that the table does not hold',
    'warn',
    {
      'node.packages': {
        ...hardenedNode['node.packages'],
        components: { haproxy: nodePackage('haproxy', '3.4.1-1~bpo12+1', 'HAProxy Technologies') },
      },
    },
  ],
  [
    'a flaw that the series of the store never got mended',
    'fail',
    {
      'node.packages': {
        ...hardenedNode['node.packages'],
        components: { etcd: nodePackage('etcd', '3.4.42-1PIGSTY.el9') },
      },
    },
  ],
  ['nothing is known', 'undecided', { 'node.packages': { ...hardenedNode['node.packages'], components: {} } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeComponentsCurrent, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
