import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditDemo, outcomesOf } from './audit-harness.ts';

/** Weakened setting of the primary, and the check that must notice it; all take effect with a reload. */
const weaknesses = [
  ['pg-log-connections', 'log_connections', 'off'],
  ['pg-log-disconnections', 'log_disconnections', 'off'],
  ['pg-log-statement-ddl', 'log_statement', 'none'],
  ['pg-log-replication-commands', 'log_replication_commands', 'off'],
  ['pg-log-thresholds', 'log_min_messages', 'panic'],
  ['pg-log-file-mode', 'log_file_mode', '0644'],
  ['pg-log-debug-off', 'debug_print_plan', 'on'],
  ['pg-log-locks', 'log_lock_waits', 'off'],
  ['pg-log-timezone-utc', 'log_timezone', 'Asia/Shanghai'],
  ['pg-tls-min-version', 'ssl_min_protocol_version', 'TLSv1'],
  ['pg-durability-kept', 'full_page_writes', 'off'],
  ['pg-password-encryption-scram', 'password_encryption', 'md5'],
] as const;

const directory = mkdtempSync(join(tmpdir(), 'pgattest-e2e-flip-'));
let cluster: DemoCluster;
beforeAll(async () => {
  cluster = await startDemoCluster();
});
afterAll(async () => {
  await cluster.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Outcomes of the weakened checks on one member. */
async function judge(member: string): Promise<Readonly<Record<string, string | undefined>>> {
  const outcomes = outcomesOf(await auditDemo(cluster, directory));
  return Object.fromEntries(weaknesses.map(([check]) => [check, outcomes[`${check}/${member}`]]));
}

/** Runs statements on the primary, reloads, and waits until each setting shows, or no longer shows, its weak value. */
async function change(statements: readonly string[], isWeak: boolean): Promise<void> {
  const admin = cluster.admin(cluster.primary);
  for (const statement of statements) await admin.exec(statement);
  await cluster.primary.reload();
  const settled = await waitFor(
    async () => {
      const rows = await admin.rows('SELECT name, setting FROM pg_settings');
      const now = new Map(rows.map((row) => [row['name'], row['setting']]));
      return weaknesses.every(([, name, weak]) => (now.get(name) === weak) === isWeak) ? true : undefined;
    },
    { timeoutMs: 20_000, everyMs: 50 },
  );
  expect(settled).toBe(true);
}

test('each weakened setting flips its check on that member alone, and changing it back flips it back', async () => {
  const [primary, replica] = [cluster.primary.name, cluster.replica.name];
  const all = (outcome: string) => Object.fromEntries(weaknesses.map(([check]) => [check, outcome]));
  expect(await judge(primary)).toEqual(all('pass'));

  await change(
    weaknesses.map(([, name, value]) => `ALTER SYSTEM SET ${name} = '${value}'`),
    true,
  );
  const weakened = await judge(primary);
  for (const outcome of Object.values(weakened)) expect(['fail', 'warn']).toContain(outcome);
  expect(await judge(replica)).toEqual(all('pass'));

  await change(
    weaknesses.map(([, name]) => `ALTER SYSTEM RESET ${name}`),
    false,
  );
  expect(await judge(primary)).toEqual(all('pass'));
});
