import { defineMetric, gauge, promql } from '@pgattest/catalog';
import { expect, test } from 'vitest';
import { dashboard, type Dashboard } from './dashboard.ts';
import { columnLink, panelLink } from './link.ts';
import { table, timeseries, type Panel } from './panel.ts';
import { same } from './text.ts';
import { uids } from './uids.ts';

const metric = defineMetric('m', gauge('count', 'm'));
const base = { title: same('t'), description: same('d'), empty: same('e'), width: 12 } as const;
const page = (uid: string, ...names: readonly string[]): Dashboard =>
  dashboard({
    uid,
    title: same('t'),
    description: same('d'),
    tags: [],
    variables: names.map((name) => ({ name, label: same(name), source: { metric, label: name }, multi: false })),
    rows: [],
    down: uids.exporters,
  });
const lines = (...legends: readonly string[]): Panel =>
  timeseries({ ...base, queries: legends.map((legend) => ({ expr: promql`${metric}`, legend: same(legend) })) });
const grid = (...labels: readonly string[]): Panel =>
  table({
    ...base,
    keys: Object.fromEntries(labels.map((label) => [label, same(label)])),
    values: [{ title: same('v'), expr: promql`${metric}` }],
  });

test.each([
  [
    'a member leads to its page',
    lines('{{ins}}'),
    page(uids.cluster, 'cls'),
    `/d/${uids.instance}?var-ds=\${ds}&var-cls=\${cls}&var-ins=\${__field.labels.ins}&\${__url_time_range}`,
  ],
  [
    'a standby is a member',
    lines('{{appname}} sent'),
    page(uids.replication, 'cls'),
    `/d/${uids.instance}?var-ds=\${ds}&var-cls=\${cls}&var-ins=\${__field.labels.appname}&\${__url_time_range}`,
  ],
  [
    'a row of the fleet brings its cluster',
    grid('cls', 'ins'),
    page(uids.fleet),
    `/d/${uids.instance}?var-ds=\${ds}&var-cls=\${__data.fields.cls}&var-ins=\${__data.fields.ins}&\${__url_time_range}`,
  ],
  [
    'nobody is led to where he is',
    lines('{{ins}}'),
    page(uids.instance, 'cls', 'ins'),
    `/d/${uids.exporters}?var-ds=\${ds}&var-cls=\${cls}&\${__url_time_range}`,
  ],
  [
    'a label only some series have leads nowhere',
    lines('{{ins}}', '{{state}}'),
    page(uids.cluster, 'cls'),
    `/d/${uids.exporters}?var-ds=\${ds}&var-cls=\${cls}&\${__url_time_range}`,
  ],
])('%s', (_name, panel, here, url) => {
  expect(panelLink(panel, here).url).toBe(url);
});

test('a cell leads to what it names, though its row leads elsewhere', () => {
  expect(columnLink('cls', grid('cls', 'ins'), page(uids.fleet))?.url).toBe(
    `/d/${uids.cluster}?var-ds=\${ds}&var-cls=\${__data.fields.cls}&\${__url_time_range}`,
  );
  expect(columnLink('slot_name', grid('slot_name'), page(uids.fleet))).toBeUndefined();
});
