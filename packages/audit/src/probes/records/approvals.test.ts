import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openNodeAccess } from '../../node/open-access.ts';
import { pigstyPaths } from '../../node/paths.ts';
import { nodeDigests } from '../node/digests.ts';
import { recordsBaselines } from './baselines.ts';
import { recordsChangeRecords } from './change-records.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pgattest-approvals-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));
const { signal } = new AbortController();
const none = { cluster: 'pg-test', drillDir: undefined, evidenceDir: undefined, signal };

test('digests of a host, without those of files that hold a secret only', async () => {
  for (const folder of ['usr/pgsql/bin', 'usr/pgsql/lib', 'usr/bin/etcd', 'etc/pgbouncer', 'etc/etcd']) {
    await mkdir(join(root, folder), { recursive: true });
  }
  await writeFile(join(root, 'usr/pgsql/bin/postgres'), 'program');
  await writeFile(join(root, 'usr/pgsql/lib/pgaudit.so'), 'library');
  await writeFile(join(root, 'etc/pgbouncer/pgbouncer.ini'), 'listen_port = 6432\n');
  await writeFile(join(root, 'etc/pgbouncer/userlist.txt'), '"u" "secret"\n');
  await writeFile(join(root, 'etc/etcd/etcd.pass'), 'secret');
  const node = openNodeAccess({ paths: pigstyPaths, root, isRoot: true, run: async () => undefined, signal });
  const { files, denied } = await nodeDigests.collect({ node, signal });
  expect(denied).toEqual([]);
  expect(files[1]?.sha256).toBe(createHash('sha256').update('program').digest('hex'));
  expect(files.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'config /etc/pgbouncer/pgbouncer.ini',
    'program /usr/pgsql/bin/postgres',
    'library /usr/pgsql/lib/pgaudit.so',
  ]);
});

test('baselines are files of collect-node, named for their host', async () => {
  const at = '2026-11-20T10:00:00.000Z';
  const files = [{ path: '/usr/pgsql/bin/postgres', kind: 'program', sha256: 'a'.repeat(64) }];
  const document = (value: unknown): string =>
    JSON.stringify({
      formatVersion: 1,
      host: 'db1',
      collectedAt: at,
      collector: { name: 'pgattest', version: '0.9.0', isRoot: true },
      observations: [{ probe: 'node.digests', observation: { status: 'ok', at, value } }],
    });
  await writeFile(join(root, 'pg-test-1.json'), document({ files, denied: [] }));
  const seen = await recordsBaselines.collect({ ...none, baselineDir: root });
  expect(seen).toMatchObject({ isDeclared: true, byHost: { 'pg-test-1': { collectedAt: at, files } } });
  await writeFile(join(root, 'pg-test-2.json'), document({ files: [{ path: 1 }] }));
  await expect(recordsBaselines.collect({ ...none, baselineDir: root })).rejects.toThrow(/holds no digests/u);
  await writeFile(join(root, 'pg-test-2.json'), '{');
  await expect(recordsBaselines.collect({ ...none, baselineDir: root })).rejects.toThrow(/collect the node again/u);
});

test('nothing is declared until it is', async () => {
  await expect(recordsBaselines.collect(none)).resolves.toEqual({ isDeclared: false, byHost: {} });
  await expect(recordsChangeRecords.collect(none)).resolves.toEqual({ file: null, records: [] });
});

test('change records: a day lasts to its end, approved unless it says otherwise', async () => {
  const changesFile = join(root, 'changes.yml');
  await writeFile(
    changesFile,
    `changes:\n  - {id: CHG-1, approved_by: cab, from: '2026-11-20', until: '2026-11-21', subjects: ['pg-test-*'], facts: [pg.settings]}\n`,
  );
  const { file, records } = await recordsChangeRecords.collect({ ...none, changesFile });
  expect(file?.sha256).toMatch(/^[0-9a-f]{64}$/u);
  expect(records).toEqual([
    {
      id: 'CHG-1',
      status: 'approved',
      approvedBy: 'cab',
      from: '2026-11-20',
      until: '2026-11-21T23:59:59.999Z',
      subjects: ['pg-test-*'],
      facts: ['pg.settings'],
    },
  ]);
});

test.each([
  ['an unknown key', `changes:\n  - {id: A, from: '2026-11-20', until: '2026-11-21', subjects: [x], ticket: y}\n`],
  ['no day', `changes:\n  - {id: A, from: soon, until: '2026-11-21', subjects: [x]}\n`],
  ['no subject', `changes:\n  - {id: A, from: '2026-11-20', until: '2026-11-21', subjects: []}\n`],
])('a file of change records with %s is refused by line', async (_, text) => {
  const changesFile = join(root, 'changes.yml');
  await writeFile(changesFile, text);
  await expect(recordsChangeRecords.collect({ ...none, changesFile })).rejects.toThrow(/changes\.yml:2/u);
});
