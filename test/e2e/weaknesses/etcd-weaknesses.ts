import { cluster, onSubject } from './cast.ts';
import { edit, mode, replaced } from './introduce/file.ts';
import { etcdCommands } from './introduce/etcd.ts';
import type { WeaknessGroup } from './weakness.ts';

const members = ['etcd-1', 'etcd-2', 'etcd-3'];

/** Access control of etcd, its configuration and its files. */
export const etcdWeaknesses: WeaknessGroup = {
  name: 'etcd',
  weaknesses: [
    {
      id: 'cluster may read all keys',
      sentence: 'the user of one cluster reaches the keys of all',
      on: cluster,
      introduce: etcdCommands(
        [['role', 'grant-permission', 'pg-test', '--prefix=true', 'readwrite', '/']],
        [['role', 'revoke-permission', 'pg-test', '--prefix=true', '/']],
      ),
      expected: members.flatMap((name) => onSubject(`${name}.etcd`, { 'etcd-access-control': 'warn' })),
    },
    {
      id: 'etcd without compaction',
      sentence: 'etcd keeps every revision until its quota is full',
      on: 'etcd-2',
      introduce: edit(
        'etcd-2/etcd/etcd.yml',
        replaced(/^auto-compaction-retention: .*$/mu, 'auto-compaction-retention: "0"'),
      ),
      expected: [...onSubject('etcd-2.node', { 'etcd-compaction': 'warn' })],
    },
    {
      id: 'etcd listens everywhere',
      sentence: 'etcd takes clients at every address',
      on: 'etcd-3',
      introduce: edit(
        'etcd-3/etcd/etcd.yml',
        replaced(/^listen-client-urls: .*$/mu, 'listen-client-urls: https://0.0.0.0:2379'),
      ),
      expected: [...onSubject('etcd-3.node', { 'etcd-listen-addresses': 'warn' })],
    },
    {
      id: 'etcd logs errors only',
      sentence: 'etcd does not log what its clients and members do',
      on: 'etcd-1',
      introduce: edit('etcd-1/etcd/etcd.yml', replaced(/^log-level: .*$/mu, 'log-level: error')),
      expected: [...onSubject('etcd-1.node', { 'etcd-logging': 'warn' })],
    },
    {
      id: 'key of etcd readable',
      sentence: 'every account of the host may read the private key of etcd',
      on: 'etcd-1',
      introduce: mode('etcd-1/pki-etcd/server.key', 0o644),
      expected: [
        ...onSubject('etcd-1.node', {
          'etcd-files-protected': 'fail',
          'node-config-files-protected': 'fail',
          'node-private-keys-protected': 'fail',
        }),
      ],
    },
    {
      id: 'data of etcd readable',
      sentence: 'every account of the host may list the data of etcd',
      on: 'etcd-2',
      introduce: mode('etcd-2/etcd/data', 0o755),
      expected: [
        ...onSubject('etcd-2.node', { 'etcd-files-protected': 'fail', 'node-data-directory-protected': 'fail' }),
      ],
    },
  ],
};
