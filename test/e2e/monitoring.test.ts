import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { auditRules, defaultAuditConfig, settingsOf, startAuditor, type RunningAuditor } from '@pgattest/audit';
import { startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { checkPanelData, failures } from '@pgattest/monitoring';
import { createLogger, urlOf } from '@pgattest/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createExporters } from './exporter-harness.ts';
import { notInDemo } from './audit-harness.ts';
import { startPrometheus, type FiringAlert, type Prometheus } from './prometheus.ts';

/** What this cluster does not have: by how its metrics begin, and what the auditor is told of beside the servers. */
const notHere = /\b(?:patroni|pgbackrest|pgbouncer|etcd|haproxy|pg_query|pg_recv|ALERTS)_?|,kind!="instance"/u;

describe('rules and dashboards on a real cluster', { timeout: 300_000 }, () => {
  const exporters = createExporters();
  let cluster: DemoCluster;
  let prometheus: Prometheus;
  let auditor: RunningAuditor;
  const auditDir = mkdtempSync(join(tmpdir(), 'pgattest-e2e-monitoring-'));

  beforeAll(async () => {
    cluster = await startDemoCluster({ durable: true });
    cluster.startWriter();
    const targets = await Promise.all(
      cluster.nodes.map(async (node) => {
        const exporter = await exporters.start(cluster, node);
        return {
          job: 'pgsql',
          address: new URL(exporter.url).host,
          labels: { cls: 'pg-demo', ins: node.name, ip: node.host },
        };
      }),
    );
    auditor = await startDemoAuditor(cluster, auditDir);
    const audit = {
      job: 'pgattest',
      address: new URL(auditor.addresses.map((address) => urlOf(address))[0] ?? '').host,
      labels: {},
    };
    prometheus = await startPrometheus([...targets, audit]);
    await waitFor(async () => ((await prometheus.query('pg:cls:primary_count == 1')).length > 0 ? true : undefined), {
      timeoutMs: 60_000,
      everyMs: 250,
    });
  }, 300_000);
  afterAll(async () => {
    await prometheus.stop();
    await auditor.close();
    await exporters.closeAll();
    await cluster.stop();
    rmSync(auditDir, { recursive: true, force: true });
  });

  const alertNamed = (name: string): Promise<FiringAlert | undefined> =>
    waitFor(async () => (await prometheus.alerts()).find(({ labels }) => labels['alertname'] === name), {
      timeoutMs: 120_000,
      everyMs: 250,
    });
  const untilQuiet = (names: readonly string[]): Promise<true | undefined> =>
    waitFor(
      async () =>
        (await prometheus.alerts()).some(({ labels }) => names.includes(labels['alertname'] ?? '')) ? undefined : true,
      { timeoutMs: 120_000, everyMs: 250 },
    );

  test('every panel about PostgreSQL and its audit has data, or says that it rightly has none', async () => {
    let missing: readonly string[] = [];
    await waitFor(
      async () => {
        const results = await checkPanelData({
          url: prometheus.url,
          signal: AbortSignal.timeout(60_000),
          rateInterval: '10s',
          windowSeconds: 120,
        });
        missing = failures(results)
          .filter(({ expr }) => !notHere.test(expr))
          .map(({ dashboard, panel, expr, reason }) => `${dashboard}: ${panel}: ${reason}: ${expr}`);
        return missing.length === 0 ? true : undefined;
      },
      { timeoutMs: 180_000, everyMs: 1000 },
    );
    expect(missing).toEqual([]);
  });

  test('a healthy cluster raises no alert but for the findings its audit really has', async () => {
    // A scrape that came late on a busy machine is an alert that waits, and goes: it was never raised.
    let raised: readonly FiringAlert[] = [];
    const others = (): readonly FiringAlert[] =>
      raised.filter(({ labels }) => labels['alertname'] !== 'AuditCheckFailing');
    await waitFor(
      async () => {
        raised = (await prometheus.alerts()).filter(({ state }) => state === 'firing');
        return others().length === 0 && raised.length > 0 ? true : undefined;
      },
      { timeoutMs: 120_000, everyMs: 250 },
    );
    expect(others()).toEqual([]);
    const failing = raised.map(({ labels }) => `${labels['check']}/${labels['subject']}`).toSorted();
    // The bundled server has no pgaudit and is not the latest of its major, and the demo's passwords have no end.
    expect(failing).toEqual(
      ['pg-audit-extension', 'pg-minor-current', 'pg-password-expiry'].flatMap((check) =>
        cluster.nodes.map(({ name }) => `${check}/${name}`),
      ),
    );
  });

  test('a stopped replica raises PostgresDown for it and for nothing else, and heals', async () => {
    await cluster.replica.stop('fast');
    const alert = await alertNamed('PostgresDown');
    expect(alert?.labels['ins']).toBe(cluster.replica.name);
    expect(alert?.annotations['summary']).toBe(`${cluster.replica.name} does not answer its exporter`);
    const onePrimary = await waitFor(
      async () => ((await prometheus.query('pg:cls:primary_count'))[0]?.value === 1 ? true : undefined),
      { timeoutMs: 60_000, everyMs: 250 },
    );
    expect(onePrimary).toBe(true);
    await cluster.replica.start();
    expect(await untilQuiet(['PostgresDown', 'PostgresReplicationBroken'])).toBe(true);
  });

  test('a stopped primary raises PostgresNoPrimary, and the replica it leaves is no second primary', async () => {
    await cluster.primary.stop('fast');
    const alert = await alertNamed('PostgresNoPrimary');
    expect(alert?.labels).toMatchObject({ cls: 'pg-demo', severity: 'CRIT' });
    expect(alert?.annotations['summary']).toBe('pg-demo has no primary: writes fail');
    expect((await alertNamed('PostgresReplicationBroken'))?.labels['ins']).toBe(cluster.replica.name);
    expect(await prometheus.query('pg:cls:primary_count > 1')).toEqual([]);
    await cluster.primary.start();
    expect(await untilQuiet(['PostgresNoPrimary', 'PostgresDown', 'PostgresReplicationBroken'])).toBe(true);
  });
});

/** The auditor as a service, after its first round. */
async function startDemoAuditor(cluster: DemoCluster, directory: string): Promise<RunningAuditor> {
  const instances = cluster.nodes.map((node) => ({ name: node.name, dsn: cluster.dsn(node, 'auditor') }));
  const config = await defaultAuditConfig([{ name: cluster.name, instances, absent: [...notInDemo] }], auditRules, {
    evidence_dir: join(directory, 'evidence'),
    report_dir: join(directory, 'reports'),
    listen: '127.0.0.1:0',
    interval: '1h',
  });
  const logger = createLogger({ level: 'error', format: 'json', stream: new PassThrough() });
  const auditor = await startAuditor({ settings: settingsOf(config, ['mlps-l3', 'soc2']), env: {}, logger });
  await auditor.runNow();
  return auditor;
}
