import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pgbouncerExporterCommand, pgbouncerExporterDropIn, pgExporterDropIn } from '@pgattest/exporter';
import { waitFor } from '@pgattest/lab';
import { runCommand, type CommandSpec } from '@pgattest/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scrape, type Scrape } from '../../e2e/exporter-harness.ts';
import { consoleOf } from './console-versions.ts';
import { seriesOf } from './exporter.ts';
import { startFakeConsole, type FakeConsole } from './fake-console.ts';

interface Run {
  readonly code: Promise<number>;
  readonly written: { stdout: string; stderr: string };
}

function run(command: CommandSpec, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => (written.stdout += chunk.toString()));
  stderr.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()));
  return { code: runCommand(command, argv, { stdout, stderr, stdin: new PassThrough(), env }), written };
}

/** Serves on a free port, hands its address to `use`, then ends it as systemd does. */
async function serving(
  command: CommandSpec,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  use: (base: string) => Promise<void>,
): Promise<string> {
  const { code, written } = run(command, [...argv, '--web.listen-address=127.0.0.1:0'], env);
  try {
    const address = await waitFor(() => /addresses"?[=:]\S*?(127\.0\.0\.1:\d+)/u.exec(written.stderr)?.[1], {
      timeoutMs: 20_000,
    });
    if (address === undefined) throw new Error(`it does not serve:\n${written.stderr}`);
    await use(`http://${address}`);
  } finally {
    process.emit('SIGTERM');
  }
  expect(await code).toBe(0);
  return written.stderr;
}

/** Scrapes until PgBouncer is up and has answered everything: the program's own deadlines are short for a busy machine. */
async function pageOf(url: string, up = 'pgbouncer_up'): Promise<Scrape> {
  const page = await waitFor(
    async () => {
      const seen = await scrape(url);
      return seen.value(up) === 1 && !seen.text.includes('last_error_info') ? seen : undefined;
    },
    { timeoutMs: 45_000, everyMs: 200 },
  );
  if (page === undefined) throw new Error(`never up: ${(await scrape(url)).text}`);
  return page;
}

describe('commands for PgBouncer', () => {
  let console: FakeConsole;
  let dir = '';
  beforeEach(async () => {
    console = await startFakeConsole(consoleOf(25));
    dir = await mkdtemp(join(tmpdir(), 'pgattest-pgbouncer-command-'));
  });
  afterEach(async () => {
    await console.close();
    await rm(dir, { recursive: true });
  });

  test('pg_exporter with the URL of a console, as the unit of Pigsty starts it, is the exporter of that PgBouncer', async () => {
    const config = join(dir, 'pgbouncer_exporter.yml');
    await writeFile(
      config,
      `pgbouncer_list:
  name: pgbouncer_list
  desc: lists
  query: SHOW LISTS;
  ttl: 10
  min_version: 010800
  fatal: true
  tags: [ pgbouncer ]
  metrics:
    - list: { usage: LABEL, description: name }
    - items: { usage: GAUGE, description: entries, rename: entries }
pg_only:
  name: pg_only
  desc: of PostgreSQL
  query: SELECT 1 AS one
  metrics:
    - one: { usage: GAUGE, description: one }
`,
    );
    const argv = [`--config=${config}`, '--auto-discovery=false', '--exclude-database=postgres', '--log.level=info'];
    const log = await serving(pgExporterDropIn, argv, { PG_EXPORTER_URL: console.url }, async (base) => {
      const page = await pageOf(`${base}/metrics`);
      expect(page.value('pgbouncer_list_entries', { list: 'databases' })).toBe(1);
      // The file has one collector: the other built-in ones stay.
      expect(page.value('pgbouncer_pool_maxwait')).toBe(3);
      expect(page.text).not.toContain('pg_only');
      expect(page.text).not.toContain('\npg_up');
      expect((await (await fetch(`${base}/health`)).text()).trim()).toBe('primary');
    });
    expect(log).toContain('exporter stops');
  });

  test.each<[string, readonly string[], (url: string) => Readonly<Record<string, string>>]>([
    ['in the environment', [], (url) => ({ PGBOUNCER_EXPORTER_CONNECTION_STRING: url })],
    ['as pg_exporter names it', [], (url) => ({ PG_EXPORTER_URL: url })],
  ])('the community program finds its connection string %s', async (_, argv, env) => {
    await serving(pgbouncerExporterDropIn, argv, env(console.url), async (base) => {
      expect((await pageOf(`${base}/metrics`)).value('pgbouncer_version')).toBe(12_501);
    });
  });

  test('and takes its flags, and ours', async () => {
    const pidFile = join(dir, 'pid');
    await writeFile(pidFile, `${process.pid}\n`);
    const argv = [
      `--pgBouncer.connectionString=${console.url}`,
      `--pgBouncer.pid-file=${pidFile}`,
      '--web.telemetry-path=/m',
      '--log.format=json',
      '--legacy-names',
      '--label=cls=pg-test,ins=pg-test-1',
    ];
    await serving(pgbouncerExporterDropIn, argv, {}, async (base) => {
      const page = await pageOf(`${base}/m`);
      expect(page.value('pgbouncer_process_resident_memory_bytes', { cls: 'pg-test' })).toBeGreaterThan(0);
      expect(page.value('pgbouncer_stats_queries_pooled_total', { ins: 'pg-test-1' })).toBeGreaterThan(0);
    });
  });

  test('a namespace is that of the self metrics only', async () => {
    await serving(pgbouncerExporterCommand, ['-u', console.url, '-n', 'pooler'], {}, async (base) => {
      const page = await pageOf(`${base}/metrics`, 'pooler_up');
      expect(page.value('pooler_version')).toBe(12_501);
      expect(page.value('pgbouncer_pool_maxwait')).toBe(3);
    });
  });

  test('/probe asks the consoles of the list and no other', async () => {
    const second = await startFakeConsole(consoleOf(18));
    const targets = join(dir, 'targets.yml');
    await writeFile(targets, `targets:\n  old: ${second.url}\n  gone: postgres://m@127.0.0.1:1/pgbouncer\n`);
    try {
      await serving(pgbouncerExporterCommand, ['-u', console.url, '--probe.targets', targets], {}, async (base) => {
        const old = await pageOf(`${base}/probe?target=old`);
        expect([old.value('pgbouncer_up'), old.value('pgbouncer_version')]).toEqual([1, 11_801]);
        const gone = await scrape(`${base}/probe?target=gone`);
        expect([gone.status, gone.value('pgbouncer_up')]).toEqual([200, 0]);
        expect(seriesOf(gone, 'pgbouncer_exporter_server_last_error_info')[0]?.['class']).toBe('unreachable');
        expect((await fetch(`${base}/probe?target=${encodeURIComponent(second.url)}`)).status).toBe(404);
        expect((await pageOf(`${base}/metrics`)).value('pgbouncer_version')).toBe(12_501);
      });
    } finally {
      await second.close();
    }
  });

  test('lists its collectors without a console, and explains the plan with one', async () => {
    const listed = run(pgbouncerExporterCommand, ['--dry-run']);
    expect(await listed.code).toBe(0);
    expect(listed.written.stdout).toContain('SHOW PEER_POOLS');
    const explained = run(pgExporterDropIn, ['--explain', '-u', console.url]);
    expect(await explained.code).toBe(0);
    expect(explained.written.stdout).toContain('# server 12501, primary, database pgbouncer');
  });

  test('a console that is not up: 3 with --fail-fast, and the password is nowhere', async () => {
    const argv = ['--fail-fast', '-u', 'postgres://monitor:hunter2@127.0.0.1:1/pgbouncer'];
    const { code, written } = run(pgbouncerExporterCommand, [...argv, '--web.listen-address=127.0.0.1:0']);
    expect(await code).toBe(3);
    expect(written.stderr).toContain('PgBouncer is not up (unreachable)');
    expect(written.stderr).toContain('the password in --url is visible');
    expect(written.stderr).not.toContain('hunter2');
  });

  test.each([
    [['-u', 'postgres://127.0.0.1:port/pgbouncer'], 'cannot use --url: '],
    [['--pgBouncer.connectionString', 'mysql://x/pgbouncer'], 'cannot use --pgBouncer.connectionString: '],
    [['--max-applications', 'many'], '--max-applications "many" is not a whole number'],
    [['--enable-collector', 'pgbouncer_stat5'], 'did you mean pgbouncer_stat?'],
    [['-l', 'user=x'], '--label user'],
  ])('refuses %j with 2 and the remedy', async (argv, message) => {
    const { code, written } = run(pgbouncerExporterCommand, [...argv, '--web.listen-address=127.0.0.1:0']);
    expect(await code).toBe(2);
    expect(written.stderr).toContain(message);
  });

  test('a PostgreSQL server is none', async () => {
    const server = await startFakeConsole({ serverVersion: '15.20 (Debian 15.20-1)', answers: {} });
    try {
      const { code, written } = run(pgbouncerExporterCommand, ['--explain', '-u', server.url]);
      expect(await code).toBe(3);
      expect(written.stderr).toContain('is no PgBouncer (server_version 15.20 (Debian 15.20-1))');
    } finally {
      await server.close();
    }
  });

  test('each program offers the address of the one it replaces, and ours loopback', async () => {
    const dropIn = run(pgbouncerExporterDropIn, ['--help']);
    const ours = run(pgbouncerExporterCommand, ['--help']);
    expect([await dropIn.code, await ours.code]).toEqual([0, 0]);
    expect(dropIn.written.stdout).toContain('(default: ":9127")');
    expect(ours.written.stdout).toContain('(default: "127.0.0.1:9631")');
  });
});
