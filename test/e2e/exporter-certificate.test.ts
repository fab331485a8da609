import { startDemoCluster, waitFor, type DemoCluster } from '@pgattest/lab';
import { resolvePgTarget, readTlsEndpoint } from '@pgattest/connect';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createExporters, type TestExporter } from './exporter-harness.ts';

const notAfter = 'pg_exporter_tls_certificate_not_after_timestamp_seconds';
const success = 'pg_exporter_tls_read_success';
const exporters = createExporters();
let cluster: DemoCluster;
beforeAll(async () => {
  cluster = await startDemoCluster({ durable: false, replicas: 0 });
});
afterEach(exporters.closeAll);
afterAll(async () => {
  await cluster.stop();
});

const until = (exporter: TestExporter, value: number): Promise<true | undefined> =>
  waitFor(async () => ((await exporter.scrape()).value(success) === value ? true : undefined), {
    timeoutMs: 60_000,
    everyMs: 100,
  });

test('the certificate of the server is shown with the date on which it ends', async () => {
  const exporter = await exporters.start(cluster, cluster.primary);
  expect(await until(exporter, 1)).toBe(true);
  const target = await resolvePgTarget(cluster.dsn(cluster.primary, 'monitor'), { env: {} });
  const { peer } = await readTlsEndpoint(target, AbortSignal.timeout(10_000));
  const page = await exporter.scrape();
  expect(page.value(notAfter)).toBe(Date.parse(peer.validTo) / 1000);
  expect(page.value('pg_exporter_tls_info', { protocol: 'TLSv1.3' })).toBe(1);
});

test('a server that does not answer gives no date, and says that the handshake failed', async () => {
  await cluster.primary.stop('fast');
  const exporter = await exporters.start(cluster, cluster.primary);
  expect(await until(exporter, 0)).toBe(true);
  expect((await exporter.scrape()).value(notAfter)).toBeUndefined();
  await cluster.primary.start();
});

test('a Unix socket has no certificate, and nothing is claimed', async () => {
  const url = cluster.dsn(cluster.primary, 'superuser');
  const exporter = await exporters.start(cluster, cluster.primary, { url });
  await waitFor(() => (exporter.log().includes('certificate=none') ? true : undefined), { timeoutMs: 60_000 });
  const page = await exporter.scrape();
  expect(page.value('pg_up')).toBe(1);
  expect(page.value(success)).toBeUndefined();
});
