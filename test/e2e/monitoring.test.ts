import { startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { dashboards } from '@pgattest/monitoring';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createExporters } from './exporter-harness.ts';
import { startPrometheus, type FiringAlert, type Prometheus } from './prometheus.ts';

/** Panels that are rightly empty on a healthy cluster: what they show does not exist then. */
const emptyWhenHealthy = new Set(['Collector errors', 'Failing checks by member']);
/** Panels whose data comes from the auditor, which has its own test. */
const auditRow = 'Compliance';
const fill = (expr: string): string =>
  expr.replaceAll('$__rate_interval', '10s').replaceAll('$cls', 'pg-demo').replaceAll('$ins', '.*');

describe('rules and dashboards on a real cluster', { timeout: 120_000 }, () => {
  const exporters = createExporters();
  let cluster: DemoCluster;
  let prometheus: Prometheus;

  beforeAll(async () => {
    cluster = await startDemoCluster({ durable: false });
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
    prometheus = await startPrometheus(targets);
    await waitFor(async () => ((await prometheus.query('pg:cls:primary_count == 1')).length > 0 ? true : undefined), {
      timeoutMs: 60_000,
      everyMs: 250,
    });
  }, 180_000);
  afterAll(async () => {
    await prometheus.stop();
    await exporters.closeAll();
    await cluster.stop();
  });

  const alertNamed = (name: string): Promise<FiringAlert | undefined> =>
    waitFor(async () => (await prometheus.alerts()).find(({ labels }) => labels['alertname'] === name), {
      timeoutMs: 30_000,
      everyMs: 250,
    });
  const untilQuiet = (names: readonly string[]): Promise<true | undefined> =>
    waitFor(
      async () =>
        (await prometheus.alerts()).some(({ labels }) => names.includes(labels['alertname'] ?? '')) ? undefined : true,
      { timeoutMs: 60_000, everyMs: 250 },
    );

  const panels = dashboards.flatMap(({ rows }) =>
    rows
      .filter(({ title }) => title !== auditRow)
      .flatMap(({ title: row, panels: inRow }) => inRow.map((panel) => ({ row, panel }))),
  );
  test.each(panels.map(({ row, panel }) => [`${row} / ${panel.title}`, panel] as const))(
    'panel %s has data',
    async (_name, panel) => {
      for (const { expr } of panel.queries) {
        const found = await waitFor(
          async () => {
            const series = await prometheus.query(fill(expr.text));
            return series.length > 0 ? series.length : undefined;
          },
          { timeoutMs: emptyWhenHealthy.has(panel.title) ? 0 : 30_000, everyMs: 500 },
        );
        expect({ expr: fill(expr.text), hasData: found !== undefined }).toEqual({
          expr: fill(expr.text),
          hasData: !emptyWhenHealthy.has(panel.title),
        });
      }
    },
  );

  test('no alert is raised by a healthy cluster', async () => {
    expect(await prometheus.alerts()).toEqual([]);
  });

  test('a stopped replica raises PostgresDown for it and for nothing else, and heals', async () => {
    await cluster.replica.stop('fast');
    const alert = await alertNamed('PostgresDown');
    expect(alert?.labels['ins']).toBe(cluster.replica.name);
    expect(alert?.annotations['summary']).toBe(`${cluster.replica.name} does not answer its exporter`);
    expect(await prometheus.query('pg:cls:primary_count')).toMatchObject([{ value: 1 }]);
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
