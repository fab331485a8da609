import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLineOf } from '../process/process-table.ts';
import { waitFor } from '../process/wait.ts';
import type { DemoCluster } from './demo-cluster.ts';
import { startDemoCluster } from './start-demo-cluster.ts';

/** Processes whose command line names the directory. */
function processesOf(dir: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => commandLineOf(pid).includes(dir));
}

describe('a demo cluster', { timeout: 300_000 }, () => {
  let cluster: DemoCluster;
  beforeAll(async () => {
    cluster = await startDemoCluster({ durable: false });
  }, 300_000);
  afterAll(async () => {
    await cluster.stop();
  });

  test('has a primary and a replica that streams over verified TLS with its own slot', async () => {
    const primary = cluster.admin(cluster.primary);
    expect(await primary.rows(`SELECT pg_is_in_recovery() AS waiting`)).toEqual([{ waiting: 'f' }]);
    expect(await cluster.admin(cluster.replica).rows(`SELECT pg_is_in_recovery() AS waiting`)).toEqual([
      { waiting: 't' },
    ]);
    expect(
      await primary.rows(
        `SELECT application_name, state, ssl, usename FROM pg_stat_replication JOIN pg_stat_ssl USING (pid)`,
      ),
    ).toEqual([{ application_name: 'pg-demo-2', state: 'streaming', ssl: 't', usename: 'replicator' }]);
    expect(await primary.rows(`SELECT slot_name, active FROM pg_replication_slots`)).toEqual([
      { slot_name: 'pg_demo_2', active: 't' },
    ]);
    const [receiver] = await cluster.admin(cluster.replica).rows(`SELECT conninfo FROM pg_stat_wal_receiver`);
    expect(receiver?.['conninfo']).toContain('sslmode=verify-full');
  });

  test('writes reach the replica and are counted when acknowledged', async () => {
    const writer = cluster.startWriter({ everyMs: 10 });
    await waitFor(() => (writer.counts().acknowledged >= 5 ? true : undefined), { timeoutMs: 60_000 });
    const { acknowledged, failed } = await writer.stop();
    expect(failed).toBe(0);
    const arrived = await waitFor(
      async () => {
        const [row] = await cluster.admin(cluster.replica, 'app').rows(`SELECT count(*) AS n FROM app.ledger`);
        return Number(row?.['n']) === acknowledged ? true : undefined;
      },
      { timeoutMs: 60_000 },
    );
    expect(arrived).toBe(true);
  });

  test('keeps passwords in private files and nowhere else', async () => {
    for (const role of ['monitor', 'auditor', 'app', 'superuser'] as const) {
      expect(statSync(cluster.passfile(role)).mode & 0o777).toBe(0o600);
    }
    const settings = JSON.stringify(await cluster.admin(cluster.primary).rows(`SELECT name, setting FROM pg_settings`));
    const statements = JSON.stringify(
      await cluster.admin(cluster.primary).rows(`SELECT query FROM pg_stat_statements`),
    );
    const logs = cluster.nodes
      .flatMap((node) => {
        const dir = join(node.dataDir, 'log');
        return readdirSync(dir).map((file) => readFileSync(join(dir, file), 'utf8'));
      })
      .join('\n');
    const commandLines = processesOf(cluster.dir).map(commandLineOf).join('\n');
    for (const secret of cluster.secrets) {
      expect(logs.includes(secret), 'in a server log').toBe(false);
      expect(settings.includes(secret), 'in pg_settings').toBe(false);
      expect(statements.includes(secret), 'in pg_stat_statements').toBe(false);
      expect(commandLines.includes(secret), 'on a command line').toBe(false);
    }
  });

  test('applies and takes back settings and HBA rules on reload', async () => {
    const node = cluster.replica;
    const shown = async (): Promise<unknown> => (await cluster.admin(node).rows(`SHOW log_statement`))[0];
    node.setSettings({ log_statement: 'none' });
    await node.reload();
    expect(await shown()).toEqual({ log_statement: 'none' });
    node.setSettings({ log_statement: undefined });
    await node.reload();
    expect(await shown()).toEqual({ log_statement: 'ddl' });

    const before = node.readHba();
    node.appendHba('host all all 0.0.0.0/0 trust');
    await node.reload();
    const trusting = `SELECT count(*) AS rules FROM pg_hba_file_rules WHERE auth_method = 'trust'`;
    expect(await cluster.admin(node).rows(trusting)).toEqual([{ rules: '1' }]);
    node.setHba(before);
    await node.reload();
    expect(await cluster.admin(node).rows(trusting)).toEqual([{ rules: '0' }]);
  });

  test('a frozen node answers nothing until it is let go on', async () => {
    const { replica } = cluster;
    replica.pause();
    let answered = false;
    const answer = cluster
      .admin(replica)
      .rows(`SELECT 1 AS one`)
      .then((rows) => {
        answered = true;
        return rows;
      });
    await waitFor(() => undefined, { timeoutMs: 300 });
    expect(answered).toBe(false);
    expect(replica.isRunning).toBe(true);
    replica.resume();
    expect(await answer).toEqual([{ one: '1' }]);
  });

  test('a killed primary comes back and the replica streams again', async () => {
    cluster.primary.kill('SIGKILL');
    await waitFor(() => (cluster.primary.isRunning ? undefined : true), { timeoutMs: 60_000 });
    await cluster.primary.start();
    const streaming = await waitFor(
      async () => {
        const rows = await cluster.admin(cluster.primary).rows(`SELECT state FROM pg_stat_replication`);
        return rows[0]?.['state'] === 'streaming' ? true : undefined;
      },
      { timeoutMs: 60_000 },
    );
    expect(streaming).toBe(true);
  });

  test('a stopped replica can be promoted after it is started again', async () => {
    await cluster.replica.stop();
    expect(cluster.replica.isRunning).toBe(false);
    await cluster.replica.start();
    await cluster.replica.promote();
    expect(await cluster.admin(cluster.replica).rows(`SELECT pg_is_in_recovery() AS waiting`)).toEqual([
      { waiting: 'f' },
    ]);
  });

  test('leaves no process and no directory when stopped', async () => {
    const { dir } = cluster;
    expect(processesOf(dir).length).toBeGreaterThan(0);
    await cluster.stop();
    expect(processesOf(dir)).toEqual([]);
    expect(existsSync(dir)).toBe(false);
  });
});
