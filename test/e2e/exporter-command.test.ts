import { PassThrough } from 'node:stream';
import { pgExporterCommand, pgExporterDropIn } from '@pgattest/exporter';
import { startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { runCommand } from '@pgattest/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scrape } from './exporter-harness.ts';

/** A run of the command with what it wrote so far. */
function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}, command = pgExporterCommand) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const written = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => (written.stdout += chunk.toString()));
  stderr.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()));
  const code = runCommand(command, argv, { stdout, stderr, stdin: new PassThrough(), env });
  return { written, code };
}

describe('the pg_exporter command', { timeout: 300_000 }, () => {
  let cluster: DemoCluster;
  beforeAll(async () => {
    cluster = await startDemoCluster({ durable: false, replicas: 0 });
  }, 120_000);
  afterAll(async () => {
    await cluster.stop();
  });

  test('serves the server of PG_EXPORTER_URL until SIGTERM, then ends with 0 and leaves no session', async () => {
    const env = { PG_EXPORTER_URL: cluster.dsn(cluster.primary, 'monitor') };
    const { written, code } = start(['--web.listen-address', '127.0.0.1:0', '-l', 'cls=pg-demo'], env);
    const address = await waitFor(() => /127\.0\.0\.1:\d+/.exec(written.stderr)?.[0], { timeoutMs: 60_000 });
    const page = await scrape(`http://${address}/metrics`);
    expect(page.value('pg_up', { cls: 'pg-demo' })).toBe(1);
    expect(written.stdout).toBe('');

    process.emit('SIGTERM');
    expect(await code).toBe(0);
    expect(written.stderr).toContain('exporter stops');
    const sessions = `SELECT 1 FROM pg_stat_activity WHERE application_name = 'pg_exporter'`;
    const gone = await waitFor(
      async () => ((await cluster.admin(cluster.primary).rows(sessions)).length === 0 ? true : undefined),
      { timeoutMs: 60_000 },
    );
    expect(gone).toBe(true);
  });

  test('explains its plan for a live server', async () => {
    const { written, code } = start(['-E', '-u', cluster.dsn(cluster.primary, 'monitor')]);
    expect(await code).toBe(0);
    expect(written.stdout).toContain(`# server ${cluster.versionNum}, primary, database postgres`);
    expect(written.stdout).toContain('reason: wrong_role');
  });

  test('as pg_exporter it logs logfmt to stderr, and goes on with a log level it does not know', async () => {
    const argv = ['-u', 'postgres://127.0.0.1:1/pgbouncer', '--log.level=loud', '--explain'];
    const { written, code } = start(argv, {}, pgExporterDropIn);
    expect(await code).toBe(3);
    expect(written.stderr).toMatch(/level=warn .*flag="?--log\.level=loud/u);
    expect(written.stderr).toContain('PgBouncer is not up (unreachable)');
    expect(written.stdout).toBe('');
  });

  test('as pg_exporter it offers :9630, as a command of pgattest loopback', async () => {
    const dropIn = start(['--help'], {}, pgExporterDropIn);
    const ours = start(['--help']);
    expect([await dropIn.code, await ours.code]).toEqual([0, 0]);
    expect(dropIn.written.stdout).toContain('(default: ":9630")');
    expect(ours.written.stdout).toContain('(default: "127.0.0.1:9630")');
  });

  test('lists every collector without a server', async () => {
    const { written, code } = start(['--dry-run']);
    expect(await code).toBe(0);
    expect(written.stdout).toContain('pg_replica_only:');
  });

  test('cannot explain a server that is not up: 3 and the reason', async () => {
    const { written, code } = start(['--explain', '-u', 'postgres://monitor:hunter2@127.0.0.1:1/postgres']);
    expect(await code).toBe(3);
    expect(written.stderr).toContain('server is not up (unreachable)');
    expect(written.stderr).toContain('the password in --url is visible');
    expect(written.stderr).not.toContain('hunter2');
  });

  test.each<readonly [readonly string[], string]>([
    [['-u', 'postgres://127.0.0.1:port/x'], 'cannot use --url: '],
    [['-u', 'postgres://127.0.0.1/x', '--web.telemetry-path', '/up'], '--web.telemetry-path "/up"'],
    [['-u', 'postgres://127.0.0.1/x', '--web.telemetry-path', 'metrics'], '--web.telemetry-path "metrics"'],
    ...['/', '/%75p', '/m?x', '/m#x', '/m{x}', '/m/../up'].map(
      (path) => [['-u', 'postgres://127.0.0.1/x', '-P', path], `--web.telemetry-path "${path}"`] as const,
    ),
    [['-u', 'postgres://127.0.0.1/x', '-l', 'datname=x'], '--label datname'],
  ])('refuses %j with 2 and the remedy', async (argv, message) => {
    const { written, code } = start([...argv, '--web.listen-address', '127.0.0.1:0']);
    expect(await code).toBe(2);
    expect(written.stderr).toContain(message);
  });
});
