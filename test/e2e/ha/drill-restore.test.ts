import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { drillCommands, type Certificate, type SignedCertificate } from '@pgattest/drill';
import { runCommandLine } from '@pgattest/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cipherPass, flipBit, startBackupFixture, type BackupFixture } from './backup-fixture.ts';

const output = mkdtempSync(join(tmpdir(), 'pgattest-drill-out-'));
const keyFile = join(output, 'drill.key');
/** PostgreSQL's account must get through to it. */
const scratch = mkdtempSync(join(tmpdir(), 'pgattest-drill-scratch-'));
let fixture: BackupFixture;
/** A moment between two rows of the canary. */
let between = '';

async function drill(...argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const commands = [{ name: 'drill', summary: 'drill', commands: drillCommands }];
  const program = { name: 'pgattest', version: '0.0.0', summary: 'test', commands };
  const code = await runCommandLine(program, ['drill', ...argv], { stdout, stderr, stdin: new PassThrough(), env: {} });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

/** Runs an approved drill into a directory of its own and reads the certificates in it. */
async function certified(
  name: string,
  ...argv: readonly string[]
): Promise<{
  code: number;
  stdout: string;
  stderr: string;
  files: readonly string[];
  certificates: readonly Certificate[];
}> {
  const out = join(output, name);
  const approved = ['--config', fixture.configFile, '--key', keyFile, '--out', out, '--approve', 'CHG-123', '--quiet'];
  const result = await drill(...argv, ...approved);
  const files = existsSync(out)
    ? readdirSync(out)
        .filter((file) => file.endsWith('.json'))
        .map((file) => join(out, file))
    : [];
  const certificates = files.map((file) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what our own program wrote; verify checks its shape
    const { certificate } = JSON.parse(readFileSync(file, 'utf8')) as SignedCertificate;
    return certificate;
  });
  // For whoever reads the log of the suite.
  for (const { kind, repo, outcome, rtoSeconds, rpoSeconds, rpoBytes } of certificates) {
    process.stderr.write(
      `${kind} repo${repo ?? '?'} ${outcome}: RTO ${rtoSeconds ?? '-'} s, RPO ${rpoSeconds ?? '-'} s, ${rpoBytes ?? '-'} bytes\n`,
    );
  }
  return { ...result, files, certificates };
}

const restoreArguments = ['--scratch', scratch, '--canary', 'app.public.heartbeat.at'];
const scratchIsEmpty = (): boolean => readdirSync(scratch).length === 0;

const linkTo = (target: string): string => {
  const path = join(output, 'link');
  symlinkSync(target, path);
  return path;
};

const otherServer = (): string => {
  const path = join(output, 'other', 'base');
  mkdirSync(path, { recursive: true });
  writeFileSync(join(output, 'other', 'PG_VERSION'), '15\n');
  return path;
};

const backupDir = (repo: number, label: string): string => join(fixture.repoDir(repo), 'backup', 'demo', label);

const archived = (repo: number, segment: string): string => {
  const directory = join(fixture.repoDir(repo), 'archive', 'demo', '15-1', segment.slice(0, 16));
  return join(directory, readdirSync(directory).find((name) => name.startsWith(`${segment}-`)) ?? 'missing');
};

const segmentsOf = (repo: number): readonly string[] => {
  const directory = join(fixture.repoDir(repo), 'archive', 'demo', '15-1', '0000000100000000');
  return readdirSync(directory)
    .flatMap((name) => /^([0-9A-F]{24})-/.exec(name)?.[1] ?? [])
    .toSorted();
};

beforeAll(async () => {
  chmodSync(scratch, 0o755);
  fixture = startBackupFixture([
    { isEncrypted: false, isBundled: false },
    { isEncrypted: true, isBundled: true },
  ]);
  fixture.sql('CREATE DATABASE app');
  fixture.sql(
    'CREATE TABLE heartbeat (id bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())',
    'app',
  );
  fixture.sql('INSERT INTO heartbeat (at) SELECT clock_timestamp() FROM generate_series(1, 100)', 'app');
  // A setting of the primary that must not reach the copy, and a table space that must not be written to.
  mkdirSync(join(fixture.directory, 'space'));
  const { uid, gid } = statSync(fixture.dataDir);
  chownSync(join(fixture.directory, 'space'), uid, gid);
  fixture.sql(`CREATE TABLESPACE space LOCATION '${join(fixture.directory, 'space')}'`);
  fixture.sql('CREATE TABLE spaced (id int PRIMARY KEY) TABLESPACE space', 'app');
  fixture.sql(`ALTER SYSTEM SET listen_addresses = '127.0.0.1'`);
  for (const repo of [1, 2]) fixture.backrest(`--repo=${repo}`, '--type=full', 'backup');
  fixture.sql('INSERT INTO heartbeat DEFAULT VALUES', 'app');
  for (const repo of [1, 2]) fixture.backrest(`--repo=${repo}`, '--type=diff', 'backup');
  fixture.sql('INSERT INTO heartbeat DEFAULT VALUES', 'app');
  for (const repo of [1, 2]) fixture.backrest(`--repo=${repo}`, '--type=incr', 'backup');
  fixture.sql('INSERT INTO heartbeat DEFAULT VALUES', 'app');
  fixture.archiveNow();
  fixture.sql('SELECT pg_sleep(0.05)');
  between = new Date(
    Number(fixture.sql(`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint`)),
  ).toISOString();
  fixture.sql('SELECT pg_sleep(0.05)');
  fixture.sql('INSERT INTO heartbeat DEFAULT VALUES', 'app');
  fixture.archiveNow();
  await drill('keygen', '--key', keyFile);
}, 300_000);

afterAll(() => {
  fixture.stop();
  for (const directory of [output, scratch]) rmSync(directory, { recursive: true, force: true });
});

test('without approval the plan is shown and nothing is done', async () => {
  const { code, stdout, stderr } = await drill('restore', '--config', fixture.configFile, ...restoreArguments);
  expect(code).toBe(0);
  expect(stderr).toContain('dry run');
  expect(stdout).toContain(`restore drill of demo: backup ${fixture.labels(1).at(-1)} of repository 1`);
  expect(stdout).toContain('changes: nothing of the cluster');
  expect(stdout).toContain('✓ the scratch directory lies apart');
  expect(scratchIsEmpty()).toBe(true);
});

describe('a scratch directory', () => {
  test.each([
    ['inside the data directory', () => join(fixture.dataDir, 'base')],
    ['around the data directory', () => fixture.directory],
    ['inside a repository', () => fixture.repoDir(2)],
    ['behind a link into the data directory', () => linkTo(join(fixture.dataDir, 'pg_wal'))],
    ['inside the data directory of another server', () => otherServer()],
  ])('%s is refused with the reason, approved or not', async (_, place) => {
    const path = place();
    const { code, stderr } = await certified('refused', 'restore', '--scratch', path);
    expect(code).toBe(3);
    expect(stderr).toMatch(/refused: the scratch directory lies apart .*(overlaps|lies in the data directory)/);
    expect(existsSync(join(output, 'refused'))).toBe(false);
  });
});

test('a clean cluster passes from both repositories, and the certificate is genuine', async () => {
  const live = `host=${fixture.socketDir} port=${fixture.port} user=postgres dbname=postgres`;
  const run = await certified('clean', 'restore', ...restoreArguments, '--live-dsn', live);
  expect(run.stdout + run.stderr).not.toContain('failed');
  expect(run.code).toBe(0);
  expect(run.certificates.map(({ repo, repoCipher, outcome }) => ({ repo, repoCipher, outcome }))).toEqual([
    { repo: 1, repoCipher: 'none', outcome: 'passed' },
    { repo: 2, repoCipher: 'aes-256-cbc', outcome: 'passed' },
  ]);
  for (const certificate of run.certificates) {
    const label = fixture.labels(certificate.repo ?? 0).at(-1);
    expect(certificate).toMatchObject({
      kind: 'restore',
      cluster: 'demo',
      backupLabel: label,
      backupType: 'incr',
      backupChain: fixture.labels(certificate.repo ?? 0),
      rpoRows: 0,
      rpoSeconds: 0,
      rpoReference: 'live server',
      approval: { by: 'CHG-123', operator: 'root' },
    });
    expect(certificate.rtoSeconds).toBeGreaterThan(0);
    expect(certificate.recoveredTimeline).toBe(2);
    const outcomes = new Map(certificate.checks.map(({ id, outcome }) => [id, outcome] as const));
    expect(Object.fromEntries(outcomes)).toEqual({
      'backup-chain': 'pass',
      'backup-files': 'pass',
      'wal-continuity': 'pass',
      restore: 'pass',
      recovery: 'pass',
      databases: 'pass',
      catalog: 'pass',
      'row-canary': 'pass',
      amcheck: 'pass',
      'page-checksums': 'pass',
    });
    expect(certificate.checks.find(({ id }) => id === 'row-canary')?.detail).toContain('104 rows');
  }
  for (const file of run.files) {
    const verified = await drill('verify', file, '--key', `${keyFile}.pub`);
    expect(verified.code, verified.stderr).toBe(0);
    expect(verified.stdout).toContain('genuine: restore drill of demo');
    for (const page of ['.html', '.zh.html']) {
      expect(readFileSync(file.replace(/\.json$/, page), 'utf8')).toContain(page === '.html' ? 'passed' : '通过');
    }
  }
  const everything = readdirSync(join(output, 'clean'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
  expect(everything).not.toContain(cipherPass);
  expect(scratchIsEmpty()).toBe(true);
  expect(fixture.sql('SELECT pg_is_in_recovery()')).toBe('f');
});

test('recovery to a moment stops there, and says so', async () => {
  const run = await certified('pitr', 'pitr', '--target', between, ...restoreArguments);
  expect(run.stdout + run.stderr).not.toContain('failed');
  expect(run.code).toBe(0);
  for (const certificate of run.certificates) {
    expect(certificate).toMatchObject({
      kind: 'pitr',
      targetTime: between,
      rpoReference: 'target time',
      outcome: 'passed',
    });
    expect(certificate.checks.find(({ id }) => id === 'row-canary')?.detail).toContain('103 rows');
    expect(certificate.checks.find(({ id }) => id === 'recovery')?.detail).toContain('before commit of transaction');
  }
});

test('a moment after the end of the archive fails, and the copy is gone', async () => {
  const now = new Date(Date.now() - 1).toISOString();
  const run = await certified('late', 'pitr', '--target', now, '--repo', '1', ...restoreArguments);
  expect(run.code).toBe(1);
  expect(run.certificates.map(({ outcome }) => outcome)).toEqual(['failed']);
  expect(run.certificates[0]?.findings.map(({ code }) => code)).toEqual(['target-not-reached']);
  expect(scratchIsEmpty()).toBe(true);
});

test('a clean repository passes the backup check', async () => {
  const run = await certified('check', 'backup-check');
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  expect(run.certificates.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
    'backup-check passed',
    'backup-check passed',
  ]);
});

describe('what is wrong in a repository is found and named', () => {
  let putBack: () => void;
  beforeEach(() => {
    putBack = fixture.save();
  });
  afterEach(() => putBack());

  test.each(['backup-check', 'restore'])('a flipped bit in a file of its own, by %s', async (kind) => {
    const [full = '', diff = '', incr = ''] = fixture.labels(1);
    flipBit(join(backupDir(1, full), 'pg_data', 'base', '1', '1255.gz'));
    const words = kind === 'restore' ? restoreArguments : [];
    const run = await certified(`flip-${kind}`, kind, '--repo', '1', ...words);
    expect(run.code).toBe(1);
    const found = run.certificates[0]?.findings.find(({ code }) => code === 'backup-file-corrupt');
    expect(found).toEqual({
      code: 'backup-file-corrupt',
      subject: `repo1 ${full} pg_data/base/1/1255`,
      message: `pg_data/base/1/1255 of backup ${full} in repo1 is bad: invalid checksum; ${diff}, ${incr} need it too`,
    });
    expect(run.stdout).toContain('pg_data/base/1/1255');
    expect(scratchIsEmpty()).toBe(true);
    const [file = ''] = run.files;
    expect((await drill('verify', file, '--key', `${keyFile}.pub`)).code).toBe(0);
  });

  test.each(['backup-check', 'restore'])('a flipped bit in an encrypted bundle, by %s', async (kind) => {
    const [full = ''] = fixture.labels(2);
    flipBit(join(backupDir(2, full), 'bundle', '1'));
    const words = kind === 'restore' ? restoreArguments : [];
    const run = await certified(`bundle-${kind}`, kind, '--repo', '2', ...words);
    expect(run.code).toBe(1);
    const found = run.certificates[0]?.findings.find(({ code }) => code === 'backup-file-corrupt');
    expect(found?.subject).toMatch(new RegExp(`^repo2 ${full} pg_data/\\S+$`));
    expect(found?.message).toMatch(/is bad: invalid checksum \(bundle\/1 from byte \d+\)/);
  });

  test('a file that was cut short, and one that is gone', async () => {
    const [full = ''] = fixture.labels(1);
    truncateSync(join(backupDir(1, full), 'pg_data', 'base', '1', '1255.gz'), 100);
    rmSync(join(backupDir(1, full), 'pg_data', 'base', '1', '1249.gz'));
    const run = await certified('cut', 'backup-check', '--repo', '1');
    expect(run.code).toBe(1);
    const found = new Map(run.certificates[0]?.findings.map(({ subject, code }) => [subject, code] as const));
    expect(found.get(`repo1 ${full} pg_data/base/1/1255`)).toBe('backup-file-size');
    expect(found.get(`repo1 ${full} pg_data/base/1/1249`)).toBe('backup-file-missing');
  });

  test.each(['backup-check', 'restore'])('a missing WAL segment after the newest backup, by %s', async (kind) => {
    const segment = segmentsOf(1).at(-2) ?? '';
    rmSync(archived(1, segment));
    const words = kind === 'restore' ? restoreArguments : [];
    const run = await certified(`wal-${kind}`, kind, '--repo', '1', ...words);
    expect(run.code).toBe(1);
    const [found] = run.certificates[0]?.findings ?? [];
    expect(found?.code).toBe('wal-segment-missing');
    expect(found?.subject).toBe(`repo1 15-1 ${segment}`);
    expect(found?.message).toContain('ends at a hole');
  });

  test('a missing WAL segment that a backup needs to become consistent', async () => {
    const [, diff = ''] = fixture.labels(2);
    const line = fixture.backrest('info', '--repo=2', `--set=${diff}`);
    const segment = /wal start\/stop: ([0-9A-F]{24})/.exec(line)?.[1] ?? '';
    rmSync(archived(2, segment));
    const run = await certified('wal-needed', 'backup-check', '--repo', '2');
    expect(run.code).toBe(1);
    expect(run.certificates[0]?.findings.map(({ message }) => message).join()).toContain(
      `backup ${diff} cannot become consistent: WAL ${segment}`,
    );
  });

  test.each(['backup-check', 'restore'])('a flipped bit in a WAL segment, by %s', async (kind) => {
    const segment = segmentsOf(2).at(-2) ?? '';
    flipBit(archived(2, segment));
    const words = kind === 'restore' ? restoreArguments : [];
    const run = await certified(`wal-flip-${kind}`, kind, '--repo', '2', ...words);
    expect(run.code).toBe(1);
    const codes = run.certificates[0]?.findings.map(({ code }) => code) ?? [];
    expect(codes.includes('recovery-fell-short')).toBe(kind === 'restore');
    const found = run.certificates[0]?.findings.find(({ code }) => code === 'wal-segment-corrupt');
    expect(found?.subject).toBe(`repo2 15-1 ${segment}`);
  });

  test.each(['backup-check', 'restore'])('a chain whose full backup is gone, by %s', async (kind) => {
    const [full = '', diff = '', incr = ''] = fixture.labels(1);
    rmSync(backupDir(1, full), { recursive: true });
    const words = kind === 'restore' ? restoreArguments : [];
    const run = await certified(`chain-${kind}`, kind, '--repo', '1', ...words);
    expect(run.code).toBe(1);
    const broken = run.certificates[0]?.findings.filter(({ code }) => code === 'chain-broken');
    expect(broken?.map(({ message }) => message)).toEqual([
      `diff backup ${diff} cannot be restored: it needs ${full}, gone from repo1`,
      `incr backup ${incr} cannot be restored: it needs ${full}, gone from repo1`,
    ]);
  });

  test('a repository that pgbackrest has emptied after the full backup was gone', async () => {
    const [full = ''] = fixture.labels(1);
    rmSync(backupDir(1, full), { recursive: true });
    fixture.backrest('--repo=1', 'expire');
    const run = await certified('struck', 'backup-check', '--repo', '1');
    expect(run.code).toBe(1);
    expect(run.certificates[0]?.findings.map(({ code }) => code)).toEqual(['repository-not-ok', 'no-backup']);
    const restore = await certified('struck-restore', 'restore', '--repo', '1', ...restoreArguments);
    expect(restore.code).toBe(2);
    expect(restore.stderr).toContain('repository 1 has no backup');
  });
});

test('verify names a changed byte, a wrong key, a missing field and changed evidence', async () => {
  const run = await certified('forged', 'backup-check', '--repo', '1');
  const [file = ''] = run.files;
  const original = readFileSync(file, 'utf8');
  const verify = async (): Promise<string> => {
    const { code, stdout } = await drill('verify', file, '--key', `${keyFile}.pub`);
    expect(code).toBe(1);
    return stdout;
  };
  writeFileSync(file, original.replace('"passed"', '"failed"'));
  expect(await verify()).toContain('the certificate was changed');
  writeFileSync(file, original.replace('CHG-123', 'CHG-124'));
  expect(await verify()).toContain('the signature does not belong to this content');
  writeFileSync(file, `${original}\n`);
  expect(await verify()).toContain('its bytes are not the canonical form');
  writeFileSync(file, original.replace(/^ {4}"finished": .*\n/m, ''));
  expect(await verify()).toContain('lacks the key "finished"');
  writeFileSync(file, original.slice(0, 200));
  expect(await verify()).toContain('is not JSON');
  writeFileSync(file, original);
  const evidence = file.replace(/\.json$/, '.evidence');
  const [name = ''] = readdirSync(evidence);
  writeFileSync(join(evidence, name), 'all is well');
  expect(await verify()).toContain(`${name} was changed`);
  await drill('keygen', '--key', join(output, 'other.key'));
  const other = await drill('verify', file, '--key', join(output, 'other.key.pub'));
  expect(other.stdout).toContain('another key');
});
