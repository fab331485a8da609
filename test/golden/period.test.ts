import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@pgattest/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PeriodReport } from '../../packages/audit/src/history/period/period-report.ts';
import { contentSecurityPolicy } from '../../packages/audit/src/report/html/csp.ts';
import { periodSchema } from '../../packages/audit/src/report/period/schema.ts';
import { canonicalJson } from '../../packages/audit/src/evidence/canonical-json.ts';
import { periodFormats, renderPeriodFiles } from '../../packages/audit/src/report/period/render-files.ts';
import { renderPeriodHtml } from '../../packages/audit/src/report/period/render-period.tsx';
import { readStoredZip, readXml, parseCsv } from './format-readers.ts';
import { hostileReason, periodOver, samplePeriod } from './period.fixture.ts';

// After an intended change: npx vitest run --config test/vitest.config.ts test/golden/period -u, then review the diff.

const directory = mkdtempSync(join(tmpdir(), 'pgattest-period-golden-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let report: PeriodReport;
beforeAll(async () => {
  report = await samplePeriod(directory);
});

const shown = ['en', 'zh', 'both'] as const;
const languages = ['en', 'zh'] as const;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const csv = (name: string, language: 'en' | 'zh' = 'en') => {
  const content = renderPeriodFiles(report, ['csv'], language).get(language === 'en' ? `period.${name}.csv` : `period.${name}.zh.csv`);
  if (typeof content !== 'string') throw new Error(`there is no table ${name}`);
  return parseCsv(content);
};

test.each(shown)('the page in %s is as filed', async (language) => {
  await expect(renderPeriodHtml(report, language)).toMatchFileSnapshot(`report/period.${language}.html`);
});

const read = (text: string) => parseConfig({ text, file: 'period.json', schema: periodSchema });

test('the JSON is canonical and what its published schema says, and the schema refuses anything else', async () => {
  const json = renderPeriodFiles(report, ['json'], 'en').get('period.json');
  if (typeof json !== 'string') throw new Error('there is no JSON');
  expect(canonicalJson(JSON.parse(json))).toBe(json);
  expect(read(json)).toMatchObject({ ok: true });
  for (const [found, other] of [
    ['"no_run"', '"compliant"'],
    ['{', '{"score": 99,'],
    ['"from": "2026-11-02"', '"from": "yesterday"'],
  ] as const) {
    expect(json).toContain(found);
    expect(read(json.replace(found, other))).toMatchObject({ ok: false });
  }
  const published = `${JSON.stringify(periodSchema, null, 2)}\n`;
  await expect(published).toMatchFileSnapshot('../../packages/audit/period.schema.json');
});

test.each(shown)('the page in %s asks nobody for anything, under its own strict policy', (language) => {
  const html = renderPeriodHtml(report, language);
  expect(html.match(/https?:\/\/|(?:srcset|data|poster|action)=|@import|url\((?!#)|<(?:link|iframe|form|base)\b/u)).toBeNull();
  expect(html).toContain(escaped(contentSecurityPolicy));
  expect(html.match(/ style=| on[a-z]+="/u)).toBeNull();
  expect(html).not.toContain('<img');
  expect(html).toContain(escaped(hostileReason));
  expect(html.match(/\bcompliant\b/iu)).toBeNull();
});

test.each(shown)('every link inside the page in %s leads somewhere', (language) => {
  const html = renderPeriodHtml(report, language);
  const ids = [...html.matchAll(/ id="([^"]*)"/gu)].map((match) => match[1]);
  const targets = [...html.matchAll(/href="#([^"]*)"/gu)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
});

/** What a strip draws, in the order of the days: tone by tone, a square and a sign at the same place. */
function cellsOf(html: string, label: string): readonly string[] {
  const strip = new RegExp(`aria-label="${label}"><use href="#([^"]*)"`, 'u').exec(html)?.[1] ?? 'none';
  const drawing = new RegExp(`<g id="${strip}">(.*?)</g>\\s*</g>`, 'su').exec(html)?.[1] ?? '';
  const cells: [x: number, tone: string][] = [];
  for (const [, tone = '', squares = '', signs = ''] of drawing.matchAll(
    /class="cells (\w+)"><path class="square" d="([^"]*)"><\/path><path class="sign" d="([^"]*)"/gu,
  )) {
    const at = [...squares.matchAll(/M([\d.]+) [\d.]+h14v14h-14z/gu)].map((match) => Math.floor(Number(match[1]) / 16));
    const signed = [...signs.matchAll(/M([\d.]+) /gu)].map((match) => Math.floor(Number(match[1]) / 16));
    expect(signed).toEqual(at);
    for (const x of at) cells.push([x, tone]);
  }
  return cells.toSorted(([a], [b]) => a - b).map(([, tone]) => tone);
}

test('every strip has one cell a day with a colour and a sign, and no day without a run looks like a pass', () => {
  const html = renderPeriodHtml(report, 'en');
  const control = report.controls.find(({ id }) => id === 'pg-hba-no-trust');
  expect(control?.days).toEqual([
    'pass',
    'fail',
    'unknown',
    'pass',
    'no_run',
    'no_run',
    'unknown',
    'pass',
    'no_run',
    'no_run',
  ]);
  expect(cellsOf(html, '1 failed, 2 not known, 3 passed, 4 no run')).toEqual([
    'good',
    'bad',
    'open',
    'good',
    'none',
    'none',
    'open',
    'good',
    'none',
    'none',
  ]);
  const drawn = [...html.matchAll(/<g id="strip-\d+">/gu)].length;
  const squares = [...html.matchAll(/<path class="square" d="([^"]*)"/gu)].map((match) => match[1] ?? '').join('');
  // The legends draw each state once, twice over.
  expect([...squares.matchAll(/h14v14h-14z/gu)]).toHaveLength(drawn * report.days.length + 14);
});

test('a period of a year is drawn in lines of two months, every day once', () => {
  const html = renderPeriodHtml(periodOver(report, '2025-01-01', 365), 'en');
  const [drawing = ''] = /<g id="strip-1">.*?<\/g>\s*<\/g>/su.exec(html) ?? [];
  const places = [...drawing.matchAll(/M([\d.]+ [\d.]+)h14v14h-14z/gu)].map((match) => match[1]);
  expect(new Set(places).size).toBe(365);
  expect([...drawing.matchAll(/class="strip-month"[^>]*>([^<]*)</gu)].map((match) => match[1]?.trim())).toEqual([
    '2025-01',
    '2025-03',
    '2025-05',
    '2025-07',
    '2025-09',
    '2025-11',
  ]);
});

test('a period of two months has its strips below the names, over the whole width, as one row of cells', () => {
  const html = renderPeriodHtml(periodOver(report, '2026-09-24', 60), 'en');
  expect(html).not.toContain('class="strip-col"');
  expect(html.match(/<tr class="strip-row"><td colspan="5"><svg class="strip" viewBox="0 0 960 16"/gu)).toHaveLength(
    report.controls.length,
  );
  // Days that stand beside the name of a month are left out: 24 25, and 30 before 1.
  const named = [...html.matchAll(/class="strip-day"[^>]*>(\d+)</gu)].map((match) => match[1]).slice(0, 9);
  expect(named).toEqual(['24', '1', '5', '10', '15', '20', '25', '30', '1']);
});

/** What a page prints as figures, in order. */
const numbers = (html: string) => [
  ...[...html.matchAll(/class="number">([^<]*)</gu)].map((match) => match[1]?.replaceAll(/[^\d]+/gu, ' ').trim()),
  ...[...html.matchAll(/class="meter-value">([^<]*)</gu)].map((match) => match[1]),
  ...[...html.matchAll(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC/gu)].map(([match]) => match),
];

test('English and Chinese print the same numbers', () => {
  expect(numbers(renderPeriodHtml(report, 'zh'))).toEqual(numbers(renderPeriodHtml(report, 'en')));
  expect(numbers(renderPeriodHtml(report, 'en')).length).toBeGreaterThan(50);
});

test('the page in both languages has the words of each', () => {
  const html = renderPeriodHtml(report, 'both');
  for (const word of ['Calendar of controls / 控制措施日历', 'The server offers TLS / 服务器已启用 TLS']) expect(html).toContain(word);
});

test.each(languages)('the %s tables say of each day what the model says, and what is unknown is a word of its own', (language) => {
  const [head = [], ...rows] = csv('controls', language);
  expect(head.slice(-report.days.length)).toEqual(report.days);
  const wordsOfDays = {
    en: { pass: 'passed', fail: 'failed', unknown: 'not known', no_run: 'no run' },
    zh: { pass: '通过', fail: '未通过', unknown: '未知', no_run: '无运行' },
  }[language];
  const row = rows.find(([id]) => id === 'pg-hba-no-trust') ?? [];
  const states = report.controls.find(({ id }) => id === 'pg-hba-no-trust')?.days ?? [];
  const named: readonly (readonly [string, string])[] = Object.entries(wordsOfDays);
  expect(row.slice(-report.days.length)).toEqual(states.map((state) => named.find(([name]) => name === state)?.[1]));
  expect(rows).toHaveLength(report.controls.length);
});

test('the population of runs is whole, and its sample is marked in the order it was drawn', () => {
  const rows = csv('runs').slice(1);
  expect(rows.map(([id]) => id)).toEqual(report.runs.map(({ runId }) => runId));
  const marked = rows.filter((row) => row.at(-1) !== '').toSorted((a, b) => Number(a.at(-1)) - Number(b.at(-1)));
  expect(marked.map(([id]) => id)).toEqual(report.samples.runs.ids);
  expect(marked).toHaveLength(3);
});

test('an exception that somebody worded to attack a spreadsheet is text in every table', () => {
  const cells = ['runs', 'controls', 'clauses', 'objects', 'findings', 'waivers'].flatMap((name) => csv(name).flat());
  expect(cells).toContain(hostileReason);
  expect(cells.filter((cell) => /^\s*[=+@]/u.test(cell))).toEqual([]);
});

test('the workbook has a sheet for each table and reads as XML', () => {
  const book = renderPeriodFiles(report, ['xlsx'], 'zh').get('period.zh.xlsx');
  if (!(book instanceof Uint8Array)) throw new Error('there is no workbook');
  const parts = [...readStoredZip(book)];
  expect(parts.filter(([path]) => path.startsWith('xl/worksheets/'))).toHaveLength(6);
  for (const [, text] of parts) expect(() => readXml(text)).not.toThrow();
});

test('formats give the files that are asked for, both languages two tables, and the same bytes each time', () => {
  const files = renderPeriodFiles(report, periodFormats, 'both');
  expect([...files.keys()].filter((name) => !name.endsWith('.csv'))).toEqual([
    'period.both.html',
    'period.json',
    'period.xlsx',
    'period.zh.xlsx',
  ]);
  expect([...files.keys()].filter((name) => name.endsWith('.csv'))).toHaveLength(12);
  expect(renderPeriodFiles(report, periodFormats, 'both')).toEqual(files);
  expect([...renderPeriodFiles(report, ['pdf'], 'zh').keys()]).toEqual(['period.zh.html']);
});
