import { parseCommandLine, version, type CommandContext } from '@pgattest/runtime';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readBackrestExporterOptions } from './command-options.ts';
import { backrestExporterDropIn } from './command.ts';

type Options = Awaited<ReturnType<typeof readBackrestExporterOptions>>;

async function read(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Options> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const parsed = parseCommandLine(backrestExporterDropIn, 'x', version, argv, { stdout, stderr, env });
  if (!parsed.run) throw new Error(String(stderr.read() ?? stdout.read()));
  const { signal } = new AbortController();
  const context: CommandContext = { ...parsed, env, stdout, stderr, stdin: new PassThrough(), signal };
  return readBackrestExporterOptions(context, { listen: ':9854', isLogLenient: true });
}

test('what Pigsty writes into the unit and its environment file', async () => {
  const options = await read(['--collect.interval=120', '--log.level=info'], {
    EXPORTER_PORT: '9954',
    EXPORTER_ENDPOINT: '/other',
    EXPORTER_OPTS: '--collect.interval=120',
  });
  expect(options).toMatchObject({
    collectIntervalMs: 120_000,
    listen: [{ host: '', port: 9954 }],
    telemetryPath: '/other',
    isCollectorEnabled: true,
  });
});

test('every flag of pgbackrest_exporter', async () => {
  const options = await read([
    '--web.telemetry-path=/m',
    '--web.listen-address=127.0.0.1:1',
    '--web.listen-address',
    '127.0.0.2:2',
    '--web.config.file=web.yml',
    '--collect.interval',
    '30',
    '--backrest.config=/c',
    '--backrest.config-include-path=/d',
    '--backrest.stanza-include=a',
    '--backrest.stanza-include=b',
    '--backrest.stanza-exclude=b',
    '--backrest.backup-type=full',
    '--backrest.database-count',
    '--backrest.database-parallel-processes=4',
    '--backrest.database-count-latest',
    '--backrest.reference-count',
    '--backrest.verbose-wal',
    '--no-collector.pgbackrest',
    '--log.format=json',
  ]);
  expect(options).toMatchObject({
    telemetryPath: '/m',
    listen: [
      { host: '127.0.0.1', port: 1 },
      { host: '127.0.0.2', port: 2 },
    ],
    webConfigFile: 'web.yml',
    collectIntervalMs: 30_000,
    config: '/c',
    configIncludePath: '/d',
    stanzaInclude: ['a', 'b'],
    stanzaExclude: ['b'],
    backupType: 'full',
    databaseCount: true,
    databaseParallelProcesses: 4,
    databaseCountLatest: true,
    referenceCount: true,
    verboseWal: true,
    isCollectorEnabled: false,
  });
});

test('the variables of the image of pgbackrest_exporter', async () => {
  const options = await read([], {
    EXPORTER_TELEMETRY_PATH: '/t',
    EXPORTER_CONFIG: '/c',
    STANZA_INCLUDE: 'a',
    STANZA_EXCLUDE: 'b',
    COLLECT_INTERVAL: '60',
    BACKUP_TYPE: 'diff',
    VERBOSE_WAL: 'true',
    DATABASE_COUNT: 'true',
    DATABASE_PARALLEL_PROCESSES: '2',
    DATABASE_COUNT_LATEST: 'true',
    COLLECTOR_PGBACKREST: 'false',
  });
  expect(options).toMatchObject({
    telemetryPath: '/t',
    config: '/c',
    stanzaInclude: ['a'],
    stanzaExclude: ['b'],
    collectIntervalMs: 60_000,
    backupType: 'diff',
    verboseWal: true,
    databaseCount: true,
    databaseParallelProcesses: 2,
    databaseCountLatest: true,
    isCollectorEnabled: false,
  });
});

test('a flag goes before the environment, an empty variable is none, and switches can be taken back', async () => {
  const env = { EXPORTER_PORT: '', VERBOSE_WAL: 'true', COLLECT_INTERVAL: '60', STANZA_INCLUDE: '' };
  const options = await read(['--collect.interval=5m', '--no-backrest.verbose-wal'], env);
  expect(options).toMatchObject({
    collectIntervalMs: 300_000,
    verboseWal: false,
    listen: [{ port: 9854 }],
    stanzaInclude: [],
  });
});

test.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
  ['an interval', ['--collect.interval=soon'], {}, '--collect.interval "soon"'],
  ['a type', ['--backrest.backup-type=huge'], {}, '"huge" is unknown'],
  ['a number of processes', ['--backrest.database-parallel-processes=0'], {}, 'not within 1 and 64'],
  ['a port', [], { EXPORTER_PORT: 'http' }, 'EXPORTER_PORT="http"'],
  ['a label that series have', ['--label', 'stanza=x'], {}, '--label stanza'],
  ['a connection string', ['--pg.url=postgres://%'], {}, 'cannot use --pg.url'],
  ['a file of one', [], { EXPORTER_PG_URL_FILE: '/nowhere/url' }, 'EXPORTER_PG_URL_FILE'],
])('%s that cannot be used is refused with its name', async (_, argv, env, why) => {
  await expect(read(argv, env)).rejects.toThrow(why);
});
