import { expect, test } from 'vitest';
import { etcdConfigFact } from '../etcd.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { etcdFilesProtected } from './etcd-files-protected.ts';

const config = etcdConfigFact({});
const key = (changes: object) => ({ keys: config.keys.map((file) => ({ ...file, ...changes })) });
const judge = (changes: Parameters<typeof etcdConfigFact>[1] | null) =>
  etcdFilesProtected.evaluate(
    { 'node.etcd-config': changes === null ? null : etcdConfigFact({}, changes) },
    etcdFilesProtected.params,
    seenAt,
  );

test.each([
  ['hardened', 'pass', {}],
  ['weak: a key that its group reads', 'fail', key({ mode: '0640' })],
  ['a key of somebody else', 'fail', key({ owner: 'nobody' })],
  ['nothing of this node', 'not_applicable', { dataDir: null, keys: [] }],
  ['a node without etcd', 'not_applicable', null],
] as const)('%s: %s', (_, outcome, changes) => {
  expect(judge(changes).outcome).toBe(outcome);
});

test('weak: a data directory that everybody reads', () => {
  const verdict = judge({ dataDir: config.dataDir === null ? null : { ...config.dataDir, mode: '0755' } });
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual([
    'mode and owner of /data/etcd=755 etcd etcd',
    'mode and owner of /etc/etcd/server.key=600 etcd etcd',
  ]);
});
