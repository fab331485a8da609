import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openNodeAccess } from '../../node/open-access.ts';
import { pigstyPaths } from '../../node/paths.ts';
import { nodeEtcdSnapshots } from './etcd-snapshots.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pgattest-etcd-snapshots-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, text: string, day = '2026-11-20'): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  await utimes(join(root, path), new Date(day), new Date(day));
}
const collect = () => {
  const { signal } = new AbortController();
  const node = openNodeAccess({ paths: pigstyPaths, root, isRoot: true, run: async () => undefined, signal });
  return nodeEtcdSnapshots.collect({ node, signal });
};

test('the newest snapshot counts, wherever a schedule puts it; its command stays on the host', async () => {
  await put('/data/backups/etcd/old.db', 'x', '2026-11-18');
  await put('/data/backups/etcd/empty.db', '', '2026-11-21');
  await put('/data/backups/etcd/notes.txt', 'x', '2026-11-21');
  await put('/srv/etcd/2026-11-20.db', 'snapshot');
  await put(
    '/etc/cron.d/etcd',
    '# etcdctl snapshot save /nowhere/x.db\n0 2 * * * root ETCDCTL_PASSWORD=open-sesame etcdctl snapshot save /srv/etcd/$(date +\\%F).db\n',
  );
  const seen = await collect();
  expect(seen).toEqual({
    folders: ['/data/backups/etcd', '/srv/etcd'],
    denied: [],
    newest: { path: '/srv/etcd/2026-11-20.db', sizeBytes: 8, modifiedAt: '2026-11-20T00:00:00.000Z' },
    schedules: [{ file: '/etc/cron.d/etcd', line: 2 }],
  });
  expect(JSON.stringify(seen)).not.toContain('sesame');
});

test('a host without any', async () => {
  await expect(collect()).resolves.toEqual({
    folders: ['/data/backups/etcd'],
    denied: [],
    newest: null,
    schedules: [],
  });
});
