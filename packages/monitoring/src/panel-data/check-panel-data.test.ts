import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defineMetric, gauge, promql, select } from '@pgattest/catalog';
import { afterEach, expect, test } from 'vitest';
import { dashboard, row } from '../grafana/dashboard.ts';
import { stat, timeseries } from '../grafana/panel.ts';
import { same } from '../grafana/text.ts';
import { checkPanelData, failures } from './check-panel-data.ts';

const up = defineMetric('up', gauge('bool', 'Whether it answers'));
const gone = defineMetric('gone', gauge('count', 'Never there'));
const broken = defineMetric('broken', gauge('count', 'Makes the server fail'));
const base = { description: same('d'), empty: same('e'), width: 4 } as const;
const cls = { cls: '$cls' } as const;

const spec = dashboard({
  uid: 'test',
  title: same('t'),
  description: same('d'),
  tags: [],
  down: 'test',
  variables: [{ name: 'cls', label: same('c'), source: { metric: up, label: 'cls' }, multi: false }],
  rows: [
    row(same('r'), [
      timeseries({ ...base, title: same('lives'), queries: [{ expr: promql`${select(up, cls)}`, legend: same('') }] }),
      stat({ ...base, title: same('gone'), queries: [{ expr: promql`${select(gone, cls)}`, legend: same('') }] }),
      stat({
        ...base,
        title: same('rightly gone'),
        queries: [{ expr: promql`${gone}`, legend: same(''), when: 'drill-done' }],
      }),
      stat({ ...base, title: same('broken'), queries: [{ expr: promql`${broken}`, legend: same('') }] }),
    ]),
  ],
});

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** A Prometheus that knows one cluster and one series, and refuses one query. */
async function serve(clusters: readonly string[]): Promise<string> {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const query = searchParams.get('query') ?? '';
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (pathname.endsWith('/label/cls/values')) return reply(200, { status: 'success', data: clusters });
    if (query === 'broken')
      return reply(422, { status: 'error', error: 'query processing would load too many samples' });
    const isUp = query === 'up{cls="pg-test"}';
    const values = pathname.endsWith('query_range') ? { values: [[1, '1']] } : { value: [1, '1'] };
    return reply(200, { status: 'success', data: { result: isUp ? [{ metric: { cls: 'pg-test' }, ...values }] : [] } });
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has an AddressInfo
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
}

const verdictsOf = async (url: string, present: readonly 'drill-done'[] = []): Promise<readonly string[]> => {
  const results = await checkPanelData({ url, signal: AbortSignal.timeout(20_000), dashboards: [spec], present });
  return results.map(({ panel, verdict }) => `${panel}: ${verdict}`);
};

test('every query has a verdict of its own, and a refusal is no emptiness', async () => {
  const url = await serve(['pg-test']);
  expect(await verdictsOf(url)).toEqual(['lives: data', 'gone: empty', 'rightly gone: absent', 'broken: unanswered']);
  expect(await verdictsOf(url, ['drill-done'])).toContain('rightly gone: empty');
});

test('what fails names the panel, the query as it was sent and the reason', async () => {
  const url = await serve(['pg-test']);
  const results = await checkPanelData({ url, signal: AbortSignal.timeout(20_000), dashboards: [spec] });
  expect(failures(results).map(({ panel, expr, reason }) => ({ panel, expr, reason }))).toEqual([
    { panel: 'gone', expr: 'gone{cls="pg-test"}', reason: 'no series' },
    { panel: 'broken', expr: 'broken', reason: 'status 422: query processing would load too many samples' },
  ]);
});

test('a variable without a value leaves its queries unanswered, not empty', async () => {
  const url = await serve([]);
  const results = await checkPanelData({ url, signal: AbortSignal.timeout(20_000), dashboards: [spec] });
  expect(results[0]).toMatchObject({
    verdict: 'unanswered',
    reason: 'variable $cls has no value: up has no label cls',
  });
});

test('a server that is not there is said, for every query', async () => {
  const results = await checkPanelData({
    url: 'http://127.0.0.1:1',
    signal: AbortSignal.timeout(20_000),
    dashboards: [spec],
    variables: { cls: 'pg-test' },
  });
  expect(results.map(({ verdict }) => verdict)).toEqual(['unanswered', 'unanswered', 'unanswered', 'unanswered']);
  expect(results[0]?.reason).toMatch(/^no answer from http:\/\/127\.0\.0\.1:1: /u);
});
