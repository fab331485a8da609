import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNodeAccess } from '../../node/open-access.ts';
import { pigstyPaths } from '../../node/paths.ts';
import { nodeClearPasswords } from './clear-passwords.ts';
import { nodeServerLog, readSample } from './server-log.ts';
import { nodeSharedPasswords } from './shared-passwords.ts';

let root = '';
const signal = AbortSignal.timeout(60_000);
const context = (folder: string) => ({
  node: openNodeAccess({
    paths: pigstyPaths,
    root: folder,
    isRoot: true,
    run: () => Promise.resolve(undefined),
    signal,
  }),
  signal,
});

const process = (pid: number, name: string, words: readonly string[], environment: readonly string[]) => [
  [`/proc/${pid}/status`, `Name:\t${name}\nUid:\t26\t26\t26\t26\nVmSize:\t10 kB\n`],
  [`/proc/${pid}/cmdline`, `${words.join('\0')}\0`],
  [`/proc/${pid}/environ`, `${environment.join('\0')}\0`],
];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pgattest-places-'));
  const files = [
    ['/etc/passwd', 'root:x:0:0::/root:/bin/sh\npostgres:x:26:26::/var/lib/pgsql:/bin/sh\n'],
    ...process(10, 'backup.sh', ['backup.sh', '--dsn=postgres://u:hunter2@db/app'], ['PATH=/bin']),
    ...process(11, 'shop', ['shop'], ['PATH=/bin', 'PGPASSWORD=hunter2']),
    ...process(12, 'postgres', ['postgres: app app 10.0.0.9(1234) idle'], ['PGPASSFILE=/x']),
    ['/root/.profile', 'umask 077\nexport PGPASSWORD=hunter2\n'],
    ['/etc/cron.d/backup', '0 1 * * * postgres pg_dump\n'],
    [
      '/var/lib/pgsql/.pgpass',
      '*:*:*:replicator:same\\:word\n*:*:*:dba:same\\:word\ndb:*:*:app:own\ndb2:*:*:app:own\n',
    ],
    ['/etc/pgbouncer/userlist.txt', '"a" "plain"\n"b" "plain"\n"c" "md5aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"\n'],
    [
      '/etc/patroni/patroni.yml',
      'restapi:\n  authentication:\n    username: api\n    password: one\npostgresql:\n  authentication:\n    superuser: {username: postgres, password: two}\n',
    ],
    [
      '/pg/log/postgresql-Fri.log',
      '2026-11-20 10:00:00.000 UTC [1] LOG:  connection authorized: user=app database=app\n',
    ],
    ['/pg/log/patroni.txt', "PASSWORD 'hunter2'\n"],
  ] as const;
  for (const [path, text] of files) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text, { mode: 0o644 });
  }
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

test('passwords in arguments, environments and profiles are found by place', async () => {
  const fact = await nodeClearPasswords.collect(context(root));
  expect(fact).toMatchObject({ arguments: ['backup.sh'], environments: ['shop'], unreadable: 0 });
  expect(fact.files).toContainEqual(expect.objectContaining({ path: '/root/.profile', mode: '0644', lines: 1 }));
  expect(fact.files).toContainEqual(expect.objectContaining({ path: '/etc/cron.d/backup', lines: 0 }));
  expect(JSON.stringify(fact)).not.toContain('hunter2');
});

test('accounts with the same password are told without it', async () => {
  const fact = await nodeSharedPasswords.collect(context(root));
  expect(fact.map(({ kind, accounts, shared }) => ({ kind, accounts, shared }))).toEqual([
    { kind: 'pgpass', accounts: ['replicator', 'dba', 'app'], shared: [['dba', 'replicator']] },
    { kind: 'userlist', accounts: ['a', 'b'], shared: [['a', 'b']] },
    { kind: 'patroni', accounts: ['restapi.authentication', 'postgresql.authentication.superuser'], shared: [] },
  ]);
  expect(JSON.stringify(fact)).not.toMatch(/same|plain|own/u);
});

test('logs are sampled: who logged in on which day, and how far back it goes', async () => {
  const fact = await nodeServerLog.collect(context(root));
  expect(fact).toMatchObject({ state: 'present', logins: { app: '2026-11-20' }, completeSince: '2026-11-20' });
  expect(fact.samples).toEqual([
    { path: '/pg/log/postgresql-Fri.log', endBytes: 83, readBytes: 83, lines: 1, secretLines: 0 },
  ]);
  const nowhere = await mkdtemp(join(tmpdir(), 'pgattest-places-'));
  try {
    expect(await nodeServerLog.collect(context(nowhere))).toMatchObject({ state: 'absent', samples: [] });
  } finally {
    await rm(nowhere, { recursive: true, force: true });
  }
});

test.each([
  [`STATEMENT:  ALTER ROLE a PASSWORD 'hunter2'`, 1],
  [`STATEMENT:  ALTER ROLE a PASSWORD 'SCRAM-SHA-256$4096:x'`, 0],
  ['AUDIT: SESSION,1,1,ROLE,ALTER ROLE,,,ALTER ROLE a PASSWORD <REDACTED>', 0],
  [`CREATE SUBSCRIPTION s CONNECTION 'host=h password=hunter2'`, 1],
  [`host=h password=***`, 0],
  [String.raw`regexp_replace(conninfo, '(password=)[^&]*', '\1***', 'g')`, 0],
  [`connecting to postgres://u:hunter2@h/db`, 1],
  [`FATAL:  password authentication failed for user "app"`, 0],
  [`LOG:  parameter "password_encryption" changed to "scram-sha-256"`, 0],
])('%s: %i', (line, count) => {
  expect(readSample(`2026-11-20 10:00:00 UTC ${line}\n`).secretLines).toBe(count);
});
