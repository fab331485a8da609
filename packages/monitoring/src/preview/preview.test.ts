import { defineMetric, gauge, promql } from '@pgattest/catalog';
import { expect, test } from 'vitest';
import { dashboard, row } from '../grafana/dashboard.ts';
import { stat, table, timeseries, type Panel } from '../grafana/panel.ts';
import { same, say } from '../grafana/text.ts';
import { defaultView } from '../render/view.ts';
import { html } from './html.ts';
import { previewPage } from './page.ts';
import type { PanelAnswers } from './panel-answers.ts';
import { ticks } from './ticks.ts';
import { valueText } from './value-text.ts';

test('text is escaped, markup is not', () => {
  expect(html`<b>${'<script>"&'}</b>${html`<i></i>`}${[html`<u></u>`]}`.html).toBe(
    '<b>&lt;script&gt;&quot;&amp;</b><i></i><u></u>',
  );
});

test.each([
  [0, 'bytes', '0 B'],
  [1_572_864, 'bytes', '1.5 MiB'],
  [0.0123, 'seconds', '12.3 ms'],
  [7200, 'seconds', '2 h'],
  [0.853, 'percent', '85.3 %'],
  [1234, 'per_second', '1.23 K/s'],
  [Number.NaN, 'count', 'NaN'],
] as const)('%d %s is %s', (value, unit, text) => {
  expect(valueText(value, unit)).toBe(text);
});

test('an axis has round numbers in the unit of its values', () => {
  expect(ticks(0, 9, 5, 'count')).toEqual([0, 2, 4, 6, 8]);
  expect(ticks(0, 3 * 1024 ** 2, 3, 'bytes')).toEqual([0, 1024 ** 2, 2 * 1024 ** 2, 3 * 1024 ** 2]);
  expect(ticks(0, 150, 3, 'seconds')).toEqual([0, 60, 120]);
});

const metric = defineMetric('some_bytes', gauge('bytes', 'Some bytes'), ['name']);
const base = { description: say('What it is', '说明'), empty: say('there is none', '没有'), width: 12 } as const;
const full = { value: 10, colour: 'red', why: same('Red from 10.') } as const;
const number = stat({
  ...base,
  title: same('number'),
  queries: [{ expr: promql`${metric}`, legend: same('') }],
  thresholds: [full],
});
const lines = timeseries({
  ...base,
  title: same('lines'),
  queries: [{ expr: promql`${metric}`, legend: same('{{name}}') }],
});
const rows = table({
  ...base,
  title: same('rows'),
  keys: { name: say('Name', '名称') },
  values: [{ title: say('Bytes', '字节'), expr: promql`${metric}`, thresholds: [full] }],
});
const silent = stat({ ...base, title: same('silent'), queries: [{ expr: promql`${metric}`, legend: same('') }] });
const failed = stat({ ...base, title: same('failed'), queries: [{ expr: promql`${metric}`, legend: same('') }] });
const spec = dashboard({
  uid: 'test',
  title: same('page'),
  description: same('d'),
  tags: [],
  variables: [],
  down: 'test',
  rows: [row(same('row'), [number, lines, rows, silent, failed])],
});

const answer = (...values: readonly (readonly [string, number])[]): PanelAnswers => {
  const found = values.map(([name, value]) => ({
    name,
    points: [
      [0, value],
      [60, value],
    ] as const,
  }));
  return { answers: [found.map(({ name, points }) => ({ labels: { name }, points }))], lines: found, error: undefined };
};

const pageIn = (language: 'en' | 'zh'): string =>
  previewPage(
    spec,
    new Map<Panel, PanelAnswers>([
      [number, answer(['', 12])],
      [lines, answer(['<a>', 1024], ['b', 2048])],
      [rows, answer(['small', 1], ['large', 11])],
      [silent, { answers: [[]], lines: [], error: undefined }],
      [failed, { answers: [[]], lines: [], error: 'no answer from http://127.0.0.1:1' }],
    ]),
    { range: { start: 0, end: 60, step: 60 }, variables: { cls: 'pg-test' }, theme: 'dark', source: 'http://x' },
    { ...defaultView, language },
  );

test('a page says that it is a preview, loads nothing and runs nothing', () => {
  const page = pageIn('en');
  expect(page).toContain('Preview drawn by pgattest from live data, not by Grafana');
  expect(page).not.toMatch(/<script|<link|src=|@import|url\(/u);
  expect(page).toContain('data-theme="dark"');
});

test('values have their words, units and colours, and names are text', () => {
  const page = pageIn('en');
  expect(page).toMatch(/class="stat fill red"[^>]*>\s*12 B/u);
  expect(page).toContain('&lt;a&gt;');
  expect(page).toContain('<td class="fill red">11 B</td>');
  expect(page).toContain('<td class="">1 B</td>');
});

test('nothing and no answer are told apart, in the language of the site', () => {
  expect(pageIn('en')).toContain('<p class="empty">there is none</p>');
  expect(pageIn('zh')).toContain('<p class="empty">没有</p>');
  expect(pageIn('en')).toContain('<p class="error">no answer from http://127.0.0.1:1</p>');
});
