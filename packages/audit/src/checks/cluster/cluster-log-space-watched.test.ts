import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { alertRule, rulesFact } from '../monitoring.fixture.ts';
import { hardenedNode } from '../node.fixture.ts';
import { evidenceLines, ok, seenAt } from '../settings.fixture.ts';
import { clusterLogSpaceWatched } from './cluster-log-space-watched.ts';

type Volumes = FactMap['node.volumes'];
const [pgdata] = hardenedNode['node.volumes'];
if (pgdata === undefined) throw new Error('the hardened node has no volume');
const filled = (percent: number): Volumes => [
  pgdata,
  {
    ...pgdata,
    what: 'log',
    path: '/pg/log',
    realPath: '/logs',
    mountPoint: '/logs',
    availableBytes: 1000 - 10 * percent,
  },
];
const judge = (volumes: Volumes, rules: FactMap['monitoring.rules'] = rulesFact('NodeDiskFull')) =>
  clusterLogSpaceWatched.evaluate(
    {
      'node.volumes': new Map([
        ['pg-test-1.node', ok(volumes)],
        ['etcd-1.node', ok<Volumes>([])],
      ]),
      'monitoring.rules': new Map([['pg-test.monitoring', ok(rules)]]),
    },
    clusterLogSpaceWatched.params,
    seenAt,
  );

test.each<readonly [string, string, Volumes, FactMap['monitoring.rules']]>([
  ['hardened', 'pass', filled(40), rulesFact('NodeDiskFull')],
  ['filling', 'warn', filled(80), rulesFact('NodeDiskFull')],
  ['weak: nearly full', 'fail', filled(95), rulesFact('NodeDiskFull')],
  ['weak: nobody watches', 'fail', filled(40), rulesFact('PostgresDown')],
  ['the alert fails', 'fail', filled(40), rulesFact(alertRule('NodeDiskFull', { health: 'err' }))],
  ['logs on the volume of the data', 'pass', [pgdata], rulesFact('NodeDiskFilling')],
  ['no log volume was seen', 'undecided', [], rulesFact('NodeDiskFull')],
])('%s: %s', (_, outcome, volumes, rules) => {
  expect(judge(volumes, rules).outcome).toBe(outcome);
});

test('a complaint shows the node it is about', () => {
  expect(evidenceLines(judge(filled(95)))).toEqual([
    'pg-test-1.node size of /logs in bytes (df shows what is used)=1000',
  ]);
});
