import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { exitCode, runCommand, type CommandContext, type Env } from '@pgattest/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readMode, readPgExporterOptions } from './command-options.ts';
import { pgExporterFlags, type CommandDefaults } from './flags.ts';
import { readLogOptions } from './log-options.ts';
import type { PgExporterOptions } from './options.ts';

type Read = Omit<PgExporterOptions, 'logger'>;

const ours: CommandDefaults = { listen: '127.0.0.1:9630', isLogLenient: false };
const dropIn: CommandDefaults = { listen: ':9630', isLogLenient: true };

/** Parses a command line with the real parser and hands the context to the reader. */
async function read(argv: readonly string[], env: Env = {}, defaults = ours): Promise<Read | string> {
  let options: Read | undefined;
  const stderr = new PassThrough();
  const code = await runCommand(
    {
      name: 'pg_exporter',
      summary: 'test',
      example: 'pg_exporter',
      options: pgExporterFlags(defaults),
      run: async (context: CommandContext) => {
        readLogOptions(context.options, defaults.isLogLenient);
        options = await readPgExporterOptions(context, defaults);
        return exitCode.ok;
      },
    },
    argv,
    { stdout: new PassThrough(), stderr, stdin: new PassThrough(), env },
  );
  stderr.end();
  return options ?? `${code}: ${(await stderr.toArray()).join('')}`;
}

async function modeOf(argv: readonly string[]): Promise<string> {
  let mode: string | undefined;
  const stderr = new PassThrough();
  const code = await runCommand(
    {
      name: 'pg_exporter',
      summary: 'test',
      example: 'pg_exporter',
      options: pgExporterFlags(ours),
      run: (context: CommandContext) => {
        mode = readMode(context);
        return Promise.resolve(exitCode.ok);
      },
    },
    argv,
    { stdout: new PassThrough(), stderr, stdin: new PassThrough(), env: {} },
  );
  stderr.end();
  return mode ?? `${code}: ${(await stderr.toArray()).join('')}`;
}

async function urlOf(argv: readonly string[], env: Env): Promise<string> {
  const options = await read(argv, env);
  if (typeof options === 'string') return options;
  return typeof options.url === 'string' ? options.url : options.url();
}

describe('the command line of pg_exporter', () => {
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pgattest-exporter-'));
  });
  afterEach(async () => {
    await rm(dir, { recursive: true });
  });

  test('without anything serves on loopback and leaves the server to the PG* variables', async () => {
    expect(await read([])).toMatchObject({
      url: 'postgresql://',
      listen: [{ host: '127.0.0.1', port: 9630 }],
      telemetryPath: '/metrics',
      labels: {},
      disableCache: false,
      failFast: false,
    });
  });

  test('takes the flags of the program it replaces', async () => {
    const options = await read(
      [
        '-u postgres://m@127.0.0.1/db --web.listen-address :9630 --web.listen-address=[::1]:9633',
        '--web.telemetry-path=/m -l cls=pg-test,ins=pg-test-1 -n pgsql -T 200 -C -m -f --port-fallback 5',
      ].flatMap((words) => words.split(' ')),
    );
    expect(options).toMatchObject({
      url: 'postgres://m@127.0.0.1/db',
      listen: [
        { host: '', port: 9630 },
        { host: '::1', port: 9633 },
      ],
      telemetryPath: '/m',
      labels: { cls: 'pg-test', ins: 'pg-test-1' },
      namespace: 'pgsql',
      connectTimeoutMs: 200,
      disableCache: true,
      disableIntro: true,
      failFast: true,
      portFallback: 5,
    });
  });

  test('takes them from the environment, and a flag wins', async () => {
    const env = {
      PG_EXPORTER_TELEMETRY_PATH: '/env',
      PG_EXPORTER_LABEL: 'cls=pg-env',
      PG_EXPORTER_DISABLE_CACHE: 'true',
      PG_EXPORTER_AUTO_DISCOVERY: 'false',
    };
    expect(await read([], env)).toMatchObject({
      telemetryPath: '/env',
      labels: { cls: 'pg-env' },
      disableCache: true,
      autoDiscovery: false,
    });
    expect(await read(['--web.telemetry-path', '/flag', '-C=false'], env)).toMatchObject({
      telemetryPath: '/flag',
      disableCache: false,
    });
  });

  test('visits other databases unless told otherwise', async () => {
    const excluded = ['template0', 'template1', 'postgres'];
    expect(await read([])).toMatchObject({ autoDiscovery: true, excludeDatabases: excluded, includeDatabases: [] });
    for (const argv of [['-a=false'], ['--auto-discovery=false'], ['--no-auto-discovery']]) {
      expect(await read(argv)).toMatchObject({ autoDiscovery: false });
    }
    expect(await read([], { PG_EXPORTER_AUTO_DISCOVERY: 'true' })).toMatchObject({ autoDiscovery: true });
    // As in the program it replaces, an empty variable is none.
    expect(await read([], { PG_EXPORTER_EXCLUDE_DATABASE: '' })).toMatchObject({ excludeDatabases: excluded });
    expect(await read(['-x', 'a, b', '-i', 'c'])).toMatchObject({
      excludeDatabases: ['a', 'b'],
      includeDatabases: ['c'],
    });
  });

  test('takes tags and switches collectors by name', async () => {
    expect(await read(['-t', 'infra,x', '--enable-collector', 'pg_shmem', '--disable-collector=pg_io'])).toMatchObject({
      tags: ['infra', 'x'],
      enabledCollectors: ['pg_shmem'],
      disabledCollectors: ['pg_io'],
    });
  });

  test('looks for the URL in the flag, PG_EXPORTER_URL, PGURL and the file, in that order', async () => {
    const file = join(dir, 'url');
    await writeFile(file, 'postgres://from-file\n');
    const env = { PG_EXPORTER_URL: 'postgres://one', PGURL: 'postgres://two', PG_EXPORTER_URL_FILE: file };
    expect(await urlOf(['-u', 'postgres://flag'], env)).toBe('postgres://flag');
    expect(await urlOf([], env)).toBe('postgres://one');
    expect(await urlOf([], { ...env, PG_EXPORTER_URL: '' })).toBe('postgres://two');
    expect(await urlOf([], { PG_EXPORTER_URL_FILE: file })).toBe('postgres://from-file');
  });

  test('says which URL file it cannot read', async () => {
    const file = join(dir, 'missing');
    expect(await read([], { PG_EXPORTER_URL_FILE: file })).toContain(`2: error: cannot read the URL from ${file}`);
  });

  test('serves the sockets of systemd instead of an address', async () => {
    const env = { LISTEN_FDS: '2', LISTEN_PID: String(process.pid) };
    const argv = ['--web.systemd-socket', '--web.listen-address', '127.0.0.1:1'];
    expect(await read(argv, env)).toMatchObject({ listen: [], inheritedSockets: [3, 4] });
    expect(await read(['--web.systemd-socket'])).toContain('2: error: no socket was passed on: LISTEN_FDS is not set');
  });

  test.each([
    [[], 'auto'],
    [['--mode=postgres'], 'postgres'],
    [['--mode', 'pgbouncer'], 'pgbouncer'],
  ])('goes by the name of the database unless a mode is given: %j', async (argv, mode) => {
    expect(await modeOf(argv)).toBe(mode);
  });

  test('refuses a mode it does not know', async () => {
    expect(await modeOf(['--mode', 'odyssey'])).toContain('2: error: --mode "odyssey" is unknown; write auto');
  });

  test('takes what shall happen to NULL and to fractions of times', async () => {
    expect(await read([])).toMatchObject({ omitNullSamples: false, subSecondTimestamps: false });
    expect(await read(['--omit-null-samples', '--sub-second-timestamps'])).toMatchObject({
      omitNullSamples: true,
      subSecondTimestamps: true,
    });
  });

  test('as pg_exporter it serves on every interface, and an address given wins [T]', async () => {
    expect(await read([], {}, dropIn)).toMatchObject({ listen: [{ host: '', port: 9630 }] });
    const listen = [{ host: '127.0.0.1', port: 9631 }];
    expect(await read(['--web.listen-address=127.0.0.1:9631'], {}, dropIn)).toMatchObject({ listen });
  });

  test('an unknown log level or format is info or logfmt as pg_exporter, and refused otherwise [T]', async () => {
    const options = { 'log.level': 'loud', 'log.format': 'xml' };
    expect(readLogOptions(options, true)).toEqual({
      level: 'info',
      format: 'logfmt',
      ignored: ['--log.level=loud', '--log.format=xml'],
    });
    expect(() => readLogOptions(options, false)).toThrow('--log.level "loud" is unknown; write debug, info');
    expect(readLogOptions({ 'log.level': 'warn', 'log.format': 'json' }, true)).toEqual({
      level: 'warn',
      format: 'json',
      ignored: [],
    });
  });

  test.each<[readonly string[], string]>([
    [['--web.listen-address', '9630'], '"9630" is not a listen address'],
    [['-T', 'soon'], '--connect-timeout "soon" is not a whole number'],
    [['-l', 'cls'], '--label "cls" is not name=value'],
    [['-n', 'a-b'], '--namespace "a-b" is no metric name'],
    [['--log.level', 'loud'], '--log.level "loud" is unknown'],
    [['--web.telemetry-pth', '/m'], '--web.telemetry-path'],
  ])('%j is a usage error that names the flag and the remedy', async (argv, message) => {
    const answer = await read(argv);
    expect(answer).toContain('2: ');
    expect(answer).toContain(message);
  });
});
