import { spawnSync } from 'node:child_process';
import {
  chownSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How one repository of the fixture stores its backups. */
export interface FixtureRepository {
  readonly isEncrypted: boolean;
  readonly isBundled: boolean;
}

/** One PostgreSQL 15 of Debian with pgBackRest and as many repositories as asked for, as user postgres. */
export interface BackupFixture {
  readonly directory: string;
  readonly configFile: string;
  readonly dataDir: string;
  readonly socketDir: string;
  readonly port: number;
  repoDir(repo: number): string;
  sql(statement: string, database?: string): string;
  backrest(...args: readonly string[]): string;
  /** Labels in `info`, oldest first. */
  labels(repo: number): readonly string[];
  archiveNow(): string;
  /** A copy of the repositories, put back by the result: a test damages what it was given. */
  save(): () => void;
  stop(): void;
}

const binDir = '/usr/lib/postgresql/15/bin';
const asPostgres = ['--reuid=postgres', '--regid=postgres', '--init-groups', '--inh-caps=-all', '--'];
export const cipherPass = 'a-pass-of-the-backup-fixture';

function run(argv: readonly string[]): string {
  const result = spawnSync('setpriv', [...asPostgres, ...argv], {
    cwd: '/',
    env: { PATH: `/usr/bin:/bin:${binDir}`, LC_ALL: 'C', TZ: 'UTC' },
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (result.status === 0) return result.stdout;
  throw new Error(
    `${argv.join(' ')} ended with ${String(result.status)}: ${result.stderr}${result.error?.message ?? ''}`,
  );
}

/** Starts the server and makes the stanza. Needs root and Debian's postgresql-15 and pgbackrest. */
export function startBackupFixture(repositories: readonly FixtureRepository[]): BackupFixture {
  const directory = mkdtempSync(join(tmpdir(), 'pgattest-backup-'));
  const [uid, gid] = idsOfPostgres();
  const own = (path: string, mode: number): void => {
    chownSync(path, uid, gid);
    chmodSync(path, mode);
  };
  own(directory, 0o755);
  const make = (name: string): string => {
    const path = join(directory, name);
    mkdirSync(path);
    own(path, 0o750);
    return path;
  };
  const socketDir = make('sock');
  const dataDir = join(directory, 'data');
  const port = 54_321;
  const configFile = join(directory, 'pgbackrest.conf');
  const repoDirs = repositories.map((_, index) => make(`repo${index + 1}`));
  const lines = repositories.flatMap(({ isEncrypted, isBundled }, index) => {
    const key = `repo${index + 1}`;
    return [
      `${key}-path=${repoDirs[index] ?? ''}`,
      `${key}-retention-full=9`,
      ...(isEncrypted ? [`${key}-cipher-type=aes-256-cbc`, `${key}-cipher-pass=${cipherPass}`] : []),
      ...(isBundled ? [`${key}-bundle=y`] : []),
    ];
  });
  const config = [
    '[global]',
    ...lines,
    'start-fast=y',
    'compress-level=1',
    'archive-timeout=60',
    // Damage does not go away: without this every bad file costs 15 s.
    'job-retry-interval=1',
    `lock-path=${make('lock')}`,
    `log-path=${make('log')}`,
    `spool-path=${make('spool')}`,
    'log-level-file=off',
    'log-level-console=warn',
    '[demo]',
    `pg1-path=${dataDir}`,
    `pg1-socket-path=${socketDir}`,
    `pg1-port=${port}`,
  ];
  writeFileSync(configFile, `${config.join('\n')}\n`);
  own(configFile, 0o600);

  const backrest = (...args: readonly string[]): string =>
    run(['pgbackrest', `--config=${configFile}`, '--stanza=demo', ...args]);
  const sql = (statement: string, database = 'postgres'): string =>
    run([
      'psql',
      '-X',
      '-At',
      '-v',
      'ON_ERROR_STOP=1',
      '-h',
      socketDir,
      '-p',
      String(port),
      '-d',
      database,
      '-c',
      statement,
    ]).trim();
  const stop = (): void => {
    try {
      if (existsSync(join(dataDir, 'postmaster.pid')))
        run([`${binDir}/pg_ctl`, '-D', dataDir, '-m', 'immediate', '-w', 'stop']);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  };
  const fixture: BackupFixture = {
    directory,
    configFile,
    dataDir,
    socketDir,
    port,
    repoDir: (repo) => repoDirs[repo - 1] ?? '',
    sql,
    backrest,
    labels: (repo) =>
      [...backrest('info', `--repo=${repo}`).matchAll(/(?:full|diff|incr) backup: (\S+)/g)].map(
        ([, label = '']) => label,
      ),
    archiveNow() {
      const name = sql('SELECT pg_walfile_name(pg_switch_wal())');
      // The archiver works by itself: asked until it says so.
      const end = Date.now() + 60_000;
      while (sql(`SELECT coalesce(last_archived_wal >= '${name}', false) FROM pg_stat_archiver`) !== 't') {
        if (Date.now() > end)
          throw new Error(`${name} was not archived: ${sql('SELECT row(s.*) FROM pg_stat_archiver s')}`);
        spawnSync('sleep', ['0.1']);
      }
      return name;
    },
    save() {
      const copy = join(directory, 'saved');
      for (const [index, path] of repoDirs.entries()) {
        cpSync(path, join(copy, String(index)), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
      }
      return () => {
        for (const [index, path] of repoDirs.entries()) {
          rmSync(path, { recursive: true });
          cpSync(join(copy, String(index)), path, {
            recursive: true,
            preserveTimestamps: true,
            verbatimSymlinks: true,
          });
          spawnSync('chown', ['-R', 'postgres:postgres', path]);
        }
        rmSync(copy, { recursive: true });
      };
    },
    stop,
  };
  try {
    run([`${binDir}/initdb`, '-D', dataDir, '-k', '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8']);
    const settings = [
      `listen_addresses = ''`,
      `port = ${port}`,
      `unix_socket_directories = '${socketDir}'`,
      'archive_mode = on',
      `archive_command = 'pgbackrest --config=${configFile} --stanza=demo archive-push %p'`,
      'fsync = off',
      `archive_timeout = 0`,
    ];
    writeFileSync(
      join(dataDir, 'postgresql.conf'),
      `${readFileSync(join(dataDir, 'postgresql.conf'), 'utf8')}\n${settings.join('\n')}\n`,
    );
    run([`${binDir}/pg_ctl`, '-D', dataDir, '-l', join(directory, 'server.log'), '-w', 'start']);
    backrest('stanza-create');
    return fixture;
  } catch (error) {
    stop();
    throw error;
  }
}

function idsOfPostgres(): readonly [uid: number, gid: number] {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  const [, , uid = '', gid = ''] = line?.split(':') ?? [];
  if (uid === '') throw new Error('this test needs the user postgres: apt-get install postgresql-15 pgbackrest');
  return [Number(uid), Number(gid)];
}

/** Changes one bit in the middle of a file, its length and times kept. */
export function flipBit(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
