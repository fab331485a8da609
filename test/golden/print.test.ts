import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PeriodReport } from '../../packages/audit/src/history/period/period-report.ts';
import { renderHtml } from '../../packages/audit/src/report/html/render.tsx';
import { renderPeriodHtml } from '../../packages/audit/src/report/period/render-period.tsx';
import { startBrowser, type Browser } from './browser.ts';
import { crowdedReport, longPeriod, longReport } from './long-values.fixture.ts';
import { periodOver, samplePeriod } from './period.fixture.ts';
import { layoutOf, type Layout } from './print-layout.ts';

// Printed on A4 with the longest names, paths, values and sentences there are, nothing is cut off and nothing needs colour.

const directory = mkdtempSync(join(tmpdir(), 'pgattest-print-'));
let browser: Browser;
let period: PeriodReport;
beforeAll(async () => {
  period = longPeriod(await samplePeriod(directory));
  browser = await startBrowser();
  await browser.send('Emulation.setEmulatedMedia', { media: 'print' });
});
afterAll(async () => {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Width of A4 within the margins that our pages ask for, in CSS pixels: 182 mm, and 269 mm across. */
const papers = [
  { page: 'auto', width: 687 },
  { page: 'wide', width: 1016 },
] as const;

async function layoutsOf(name: string, html: string): Promise<readonly Layout[]> {
  const file = join(directory, `${name}.html`);
  writeFileSync(file, html);
  await browser.load(pathToFileURL(file).href);
  const layouts: Layout[] = [];
  for (const { page, width } of papers) {
    await browser.send('Emulation.setDeviceMetricsOverride', { width, height: 1000, deviceScaleFactor: 1, mobile: false });
    const { result, exceptionDetails } = await browser.send('Runtime.evaluate', {
      expression: layoutOf(width, page),
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the expression gives
    layouts.push((result as { readonly value: Layout }).value);
  }
  return layouts;
}

const shown = ['en', 'zh', 'both'] as const;
const pages: readonly (readonly [string, (language: (typeof shown)[number]) => string])[] = [
  ['a run of four objects', (language) => renderHtml(longReport(), language)],
  ['a run of seven objects', (language) => renderHtml(crowdedReport(3), language)],
  ['a run of sixteen objects', (language) => renderHtml(crowdedReport(12), language)],
  ['a period of ten days', (language) => renderPeriodHtml(period, language)],
  ['a period of two months', (language) => renderPeriodHtml(periodOver(period, '2026-09-24', 60), language)],
  ['a period of a year', (language) => renderPeriodHtml(periodOver(period, '2025-01-01', 365), language)],
];

test.each(pages.flatMap(([name, html]) => shown.map((language) => [name, language, html] as const)))(
  'on paper %s in %s is whole, and readable without colour',
  async (name, language, html) => {
    const layouts = await layoutsOf(`${name} ${language}`.replaceAll(' ', '-'), html(language));
    expect(layouts.flatMap(({ troubles }) => troubles.map(({ trouble, text, by }) => `${text}: ${trouble} ${by}`))).toEqual([]);
    expect(layouts.reduce((sum, { texts }) => sum + texts, 0)).toBeGreaterThan(200);
    const drawn = layouts.flatMap(({ shapes }) => Object.entries(shapes).flatMap(([tone, all]) => all.map((shape) => ({ tone, shape }))));
    for (const group of [drawn.filter(({ tone }) => tone.startsWith('cell ')), drawn.filter(({ tone }) => !tone.startsWith('cell '))]) {
      const tones = new Set(group.map(({ tone }) => tone));
      const shapes = new Set(group.map(({ shape }) => shape));
      // One sign for each state, and for each state its own.
      expect([shapes.size, new Set(group.map(({ tone, shape }) => `${tone} ${shape}`)).size]).toEqual([tones.size, tones.size]);
    }
  },
);

test('a page in a browser asks for nothing but itself', () => {
  expect(browser.requested.filter((url) => !url.startsWith(pathToFileURL(directory).href))).toEqual([]);
  expect(browser.requested).toHaveLength(pages.length * shown.length);
});
