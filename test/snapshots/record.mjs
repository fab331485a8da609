// Records the evidence that test/snapshots/replay.test.ts judges, from a real primary and replica in several states:
//   npm run build && node test/snapshots/record.mjs
// Plain JavaScript on the built packages, because it is run by hand and by Node alone.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemoCluster } from '../../packages/lab/dist/index.js';
import { probes } from '../../packages/audit/dist/index.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const cli = fileURLToPath(new URL('../../packages/cli/dist/bin/pgattest.js', import.meta.url));
const auditorGrants = [...new Set(probes.flatMap(({ grants }) => grants))].map((grant) =>
  grant.replaceAll('{role}', 'pgattest_auditor'),
);

/** Each state is made on a fresh cluster, so that one defect never hides another. */
const states = {
  healthy: async () => {},
  'tls-off': async ({ nodes }) => {
    for (const node of nodes) node.setSettings({ ssl: 'off' });
    for (const node of nodes) node.appendHba('host all all 127.0.0.1/32 scram-sha-256');
    for (const node of nodes) await node.reload();
  },
  'hba-open': async ({ primary }) => {
    primary.setHba(`host all all 0.0.0.0/0 trust\n${primary.readHba()}\nhost app app_rw 10.0.0.0/8 md5\n`);
    await primary.reload();
  },
  'logging-off': async ({ primary }) => {
    primary.setSettings({ log_connections: 'off', log_disconnections: 'off', log_statement: 'none', log_min_messages: 'panic' });
    await primary.reload();
  },
  'durability-weak': async ({ primary }) => {
    primary.setSettings({ full_page_writes: 'off', zero_damaged_pages: 'on' });
    await primary.reload();
  },
  'replica-stopped': async ({ replica }) => replica.stop('fast'),
  'primary-stopped': async ({ primary }) => primary.stop('fast'),
  'two-primaries': async ({ replica }) => replica.promote(),
  'auditor-without-grants': async (cluster) => {
    await cluster.admin(cluster.primary).exec('REVOKE pg_monitor FROM pgattest_auditor');
  },
};

for (const [name, change] of Object.entries(states)) {
  const cluster = await startDemoCluster({ durable: true, auditorGrants });
  const evidenceDir = mkdtempSync(join(tmpdir(), 'pgattest-record-'));
  try {
    const dsns = cluster.nodes.map((node) => `${node.name}=${cluster.dsn(node, 'auditor')}`);
    await change(cluster);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const plain = name === 'tls-off' ? dsns.map((dsn) => dsn.replace('sslmode=verify-full', 'sslmode=disable')) : dsns;
    const args = ['audit', 'run', '--quiet', '--cluster', cluster.name, '--evidence-dir', evidenceDir];
    args.push('--report-dir', join(evidenceDir, 'report'), ...plain.flatMap((dsn) => ['--instance', dsn]));
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
    const target = join(here, name);
    rmSync(target, { recursive: true, force: true });
    const [run] = readdirSync(join(evidenceDir, cluster.name));
    cpSync(join(evidenceDir, cluster.name, run), target, { recursive: true });
    process.stdout.write(`${name}: exit ${status} ${stderr}\n`);
  } finally {
    await cluster.stop();
    rmSync(evidenceDir, { recursive: true, force: true });
  }
}
