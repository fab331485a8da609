import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { hardenedNode } from '../node.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogDirectoryApart } from './pg-log-directory-apart.ts';

type Volumes = FactMap['node.volumes'];
const [pgdata] = hardenedNode['node.volumes'];
if (pgdata === undefined) throw new Error('the hardened node has no volume');
const logOn = (mountPoint: string, realPath: string): Volumes => [
  pgdata,
  { ...pgdata, what: 'log', path: '/pg/log', realPath, mountPoint },
];
const judge = (logDirectory: string, volumes: Volumes, ownVolume = false, collector = 'on') =>
  pgLogDirectoryApart.evaluate(
    {
      'pg.settings': settingsFact({
        logging_collector: collector,
        log_destination: 'csvlog',
        log_directory: logDirectory,
        data_directory: '/pg/data',
      }),
      'node.volumes': volumes,
    },
    { ownVolume },
    seenAt,
  );

test.each<readonly [string, string, string, Volumes, boolean]>([
  ['hardened: outside, on a volume of their own', 'pass', '/pg/log/postgres', logOn('/logs', '/logs/pg'), true],
  ['outside, on the same volume', 'pass', '/pg/log/postgres', logOn('/data', '/data/postgres/log'), false],
  ['the same where an own volume is asked for', 'warn', '/pg/log', logOn('/data', '/data/postgres/log'), true],
  ['a relative path that leaves the data directory', 'pass', '../log', logOn('/logs', '/logs/pg'), false],
  ['weak: a folder of the data directory', 'warn', 'log', logOn('/logs', '/logs/pg'), false],
  ['a link back into the data directory', 'warn', '/pg/log', logOn('/data', `${pgdata.realPath}/log`), false],
  ['the node was looked at elsewhere', 'undecided', '/var/log/postgresql', logOn('/logs', '/logs/pg'), false],
  ['the node has no data directory there', 'undecided', '/pg/log', [], false],
])('%s: %s', (_, outcome, directory, volumes, ownVolume) => {
  expect(judge(directory, volumes, ownVolume).outcome).toBe(outcome);
});

test('the evidence says where the folder really is', () => {
  expect(evidenceLines(judge('/pg/log/postgres', logOn('/logs', '/logs/pg')))).toEqual([
    'log_directory=/pg/log/postgres',
    'data_directory=/pg/data',
    'real path of /pg/log/postgres=/logs/pg/postgres',
    'mount of /logs/pg/postgres=/logs',
  ]);
});

test('a server that writes no files has no log folder', () => {
  expect(judge('log', [], false, 'off').outcome).toBe('not_applicable');
});
