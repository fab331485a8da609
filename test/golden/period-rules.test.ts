import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PeriodReport } from '../../packages/audit/src/history/period/period-report.ts';
import { anchorOf } from '../../packages/audit/src/report/format.ts';
import { renderPeriodFiles } from '../../packages/audit/src/report/period/render-files.ts';
import { renderPeriodHtml } from '../../packages/audit/src/report/period/render-period.tsx';
import { verdictWords } from '../../packages/audit/src/report/period/words.ts';
import { parseCsv, type XmlElement } from './format-readers.ts';
import { digitsOf, elementsOf, getById, lineOf, readPage, withClass } from './page-reader.ts';
import { periodFramework, samplePeriod } from './period.fixture.ts';

// What a reviewer of reports looks for first (reference/compliance/report-ux.md 8), read from the page of a period as a
// reader would: what is drawn, what is counted, what is listed and what the JSON says.

const directory = mkdtempSync(join(tmpdir(), 'pgattest-period-rules-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const shown = ['en', 'zh', 'both'] as const;
const pages = new Map<string, XmlElement>();
let json: PeriodReport;
beforeAll(async () => {
  const report = await samplePeriod(directory);
  for (const language of shown) pages.set(language, readPage(renderPeriodHtml(report, language)));
  const text = renderPeriodFiles(report, ['json', 'csv'], 'en');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the JSON says, as its readers take it
  json = JSON.parse(String(text.get('period.json'))) as PeriodReport;
  tables = text;
});
let tables: ReadonlyMap<string, string | Uint8Array> = new Map();
const csv = (name: string) => parseCsv(String(tables.get(`period.${name}.csv`))).slice(1);

const tones = ['bad', 'open', 'held', 'part', 'good', 'off', 'none'] as const;
type Tone = (typeof tones)[number];

/** How many cells of each tone the strip of an entry draws: one square and one sign a day. */
function cellsOf(page: XmlElement, entry: XmlElement): Readonly<Record<Tone, number>> {
  const drawing = getById(page, (entry.all('use')[0]?.attributes['href'] ?? '#').slice(1));
  const count = (tone: Tone): number => {
    const [square = 0, sign = square] = withClass(drawing, 'cells', tone).flatMap((cells) =>
      cells.all('path').map((path) => (path.attributes['d'] ?? '').match(/M/gu)?.length ?? 0),
    );
    // A sign may lift the pen.
    expect(sign).toBeGreaterThanOrEqual(square);
    return square;
  };
  return { bad: count('bad'), open: count('open'), held: count('held'), part: count('part'), good: count('good'), off: count('off'), none: count('none') };
}

const entriesOf = (page: XmlElement, id: string): readonly XmlElement[] => withClass(getById(page, id), 'strip-entry');
const numbersOf = (entry: XmlElement): readonly number[] => withClass(entry, 'number').map((cell) => Number(lineOf(cell)));
const rowsOf = (element: XmlElement): readonly XmlElement[] => element.all('tbody').flatMap((body) => body.all('tr'));
/** Numbers of a table of facts, by row; of a duration its groups of digits. */
const factsOf = (section: XmlElement): readonly (readonly string[])[] =>
  withClass(section, 'facts').flatMap((table) => rowsOf(table).map((row) => digitsOf(lineOf(withClass(row, 'number')[0]))));

/** Anchors that the rows of a table lead to. */
const listed = (table: XmlElement | undefined) =>
  table === undefined ? [] : rowsOf(table).map((row) => row.all('a')[0]?.attributes['href']?.slice(1));
/** Figures of a page, in order. A duration has words between its numbers, and stands twice where both languages are shown. */
const figuresOf = (page: XmlElement): readonly string[] =>
  elementsOf(page)
    .filter(({ attributes }) => /^(?:number|meter-value)$/u.test(attributes['class'] ?? ''))
    .map(lineOf)
    .filter((text) => /^[\d /]+$/u.test(text));

describe.each(shown)('in %s', (language) => {
  const get = (): XmlElement => pages.get(language) ?? { name: '', attributes: {}, children: [], all: () => [] };

  test('cells of every strip are the days that are counted beside it, and the JSON counts the same', () => {
    const page = get();
    const all = [['calendar', json.controls] as const, ...json.frameworks.map(({ id, clauses }) => [id, clauses] as const)];
    for (const [id, items] of all) {
      const entries = entriesOf(page, id);
      expect(entries).toHaveLength(items.length);
      for (const [index, { counts, days }] of items.entries()) {
        const entry = entries[index];
        if (entry === undefined) throw new Error('there is no entry');
        const { bad, open, held, part, good, off, none } = cellsOf(page, entry);
        expect(numbersOf(entry)).toEqual([bad, open, good, none]);
        expect({ fail: bad, unknown: open, excepted: held, part, pass: good, not_applicable: off, no_run: none }).toEqual(counts);
        expect(bad + open + held + part + good + off + none).toBe(json.days.length);
        for (const [state, count] of Object.entries(counts)) expect(days.filter((day) => day === state)).toHaveLength(count);
      }
    }
  });

  test('the summary counts what the chapters list', () => {
    const page = get();
    const { totals, schedule } = json;
    const summary = getById(page, 'summary');
    const values = withClass(summary, 'meter-value').map(lineOf);
    const runs = rowsOf(getById(page, 'evidence'));
    const [broken] = getById(page, 'schedule').all('table').slice(-1);
    const episodes = withClass(getById(page, 'findings'), 'filterable');
    const [, strip] = withClass(getById(page, 'schedule'), 'strip');
    const { none, open, good } = cellsOf(page, strip ?? page);
    expect(values).toEqual([
      `${good + open} / ${json.days.length}`,
      String(runs.length),
      String(broken === undefined ? 0 : rowsOf(broken).length),
      String(totals.opened + totals.reopened),
      String(totals.closed),
      String(totals.openAtEnd),
    ]);
    expect([good + open, none, runs.length]).toEqual([schedule.daysWithRun, schedule.days - schedule.daysWithRun, schedule.runs]);
    expect(totals.unverifiedRuns).toBe(rowsOf(broken ?? page).length);
    // Every time a finding was open stands in one row; those of before the period and those that opened in it.
    expect(episodes).toHaveLength(totals.openAtBegin + totals.opened + totals.reopened);
    expect(episodes.length - totals.closed).toBe(totals.openAtEnd);
    const facts = factsOf(getById(page, 'findings')).slice(0, 5).map(([first]) => Number(first));
    expect(facts).toEqual([totals.openAtBegin, totals.opened, totals.reopened, totals.closed, totals.openAtEnd]);
    const days = factsOf(getById(page, 'schedule')).slice(0, 4).map(([first]) => Number(first));
    expect(days).toEqual([schedule.days, schedule.runs, schedule.daysWithRun, schedule.days - schedule.daysWithRun]);
  });

  test('controls that failed or are not known are those with such a cell, on those days, and the cover counts them', () => {
    const page = get();
    const { controlsWithFailedDay: failed, controlsWithUnknownDay: unknown, unverifiedRuns } = json.totals;
    const cells = entriesOf(page, 'calendar').map((entry) => ({ id: entry.attributes['id'], ...cellsOf(page, entry) }));
    expect([cells.filter(({ bad }) => bad > 0).length, cells.filter(({ open }) => open > 0).length]).toEqual([failed, unknown]);
    const [bad, open] = getById(page, 'summary').all('table');
    expect(listed(bad)).toEqual(cells.filter((cell) => cell.bad > 0).map(({ id }) => id));
    expect(listed(open)).toEqual(cells.filter((cell) => cell.bad === 0 && cell.open > 0).map(({ id }) => id));
    for (const control of json.controls.filter(({ counts }) => counts.fail > 0)) {
      const row = rowsOf(bad ?? page).find((each) => lineOf(each).includes(control.id));
      const last = lineOf(row?.all('td')[1]);
      // Ranges name their first and last day.
      const begins = json.days.filter((_, index) => control.days[index] === 'fail' && control.days[index - 1] !== 'fail');
      expect(begins.filter((day) => !last.includes(day))).toEqual([]);
    }
    const verdict = lineOf(withClass(page, 'verdict')[0]);
    const { days, daysWithRun } = json.schedule;
    for (const sentence of verdictWords(failed, unknown, days - daysWithRun, unverifiedRuns)) {
      for (const side of language === 'both' ? (['en', 'zh'] as const) : [language]) expect(verdict).toContain(sentence[side]);
    }
  });

  test('objects, their runs and the samples are the same in every chapter', () => {
    const page = get();
    const { population, samples, runs } = json;
    const entries = entriesOf(page, 'population');
    expect(entries.map((entry) => lineOf(entry.all('code')[0]))).toEqual(population.objects.map(({ id }) => id));
    expect(entries.map(numbersOf)).toEqual(population.objects.map((object) => [object.runs, object.answered]));
    for (const [index, { days, runs: seen, answered }] of population.objects.entries()) {
      const { good, part, off, open, none } = cellsOf(page, entries[index] ?? page);
      const count = (state: string): number => days.filter((day) => day === state).length;
      expect([good, part, off, open, none]).toEqual(['in_scope', 'silent', 'absent', 'unknown', 'no_run'].map(count));
      expect(seen).toBeLessThanOrEqual(runs.length);
      expect(answered).toBeLessThanOrEqual(seen);
    }
    const names = new Set([json.cluster, ...population.objects.map(({ id }) => id)]);
    const named = withClass(getById(page, 'findings'), 'filterable').map((row) => lineOf(row.all('code')[0]).split('/')[1] ?? '');
    expect(named.filter((name) => !names.has(name))).toEqual([]);
    const heads = getById(page, 'samples').all('h3').map((head) => digitsOf(lineOf(withClass(head, 'muted')[0])).map(Number));
    const { opened, reopened } = json.totals;
    expect(heads).toEqual([
      [samples.runs.ids.length, runs.length],
      [samples.objects.ids.length, population.objects.length],
      [samples.findings.ids.length, opened + reopened],
    ]);
    const drawn = withClass(getById(page, 'samples'), 'sample').map((list) => list.all('li').map(lineOf));
    expect(drawn).toEqual([samples.runs.ids, samples.objects.ids, samples.findings.ids]);
  });

  test('every clause of every framework stands once', () => {
    const page = get();
    for (const { id, clauses } of [periodFramework]) {
      const ids = entriesOf(page, id).map(({ attributes }) => attributes['id']);
      expect(ids).toEqual(clauses.map((clause) => anchorOf(`clause-${id}`, clause.id)));
    }
  });

  test('every run is in the index with the hashes of its record and of its manifest as they are filed', () => {
    const rows = rowsOf(getById(get(), 'evidence'));
    for (const [index, { runId, sequence, files, fail, undecided }] of json.runs.entries()) {
      const row = rows[index] ?? get();
      expect(lineOf(row.all('code')[0])).toBe(runId);
      expect(numbersOf(row)).toEqual([sequence, fail, undecided, files]);
      const hashes = withClass(row, 'hash').map(lineOf);
      const manifest: unknown = JSON.parse(readFileSync(join(directory, 'pg-test', runId, 'manifest.json'), 'utf8'));
      expect(manifest).toMatchObject({ digest: hashes[1] });
      const record: unknown = JSON.parse(
        readFileSync(join(directory, 'pg-test', 'chain', `${String(sequence).padStart(8, '0')}.json`), 'utf8'),
      );
      expect(record).toMatchObject({ sha256: hashes[0], record: { run: { merkleRoot: hashes[2] } } });
    }
  });
});

test('the tables count what the page counts', () => {
  for (const { id, counts } of json.controls) {
    expect(csv('controls').find(([name]) => name === id)?.slice(4, 8).map(Number)).toEqual([counts.fail, counts.unknown, counts.pass, counts.no_run]);
  }
  expect(csv('runs')).toHaveLength(json.schedule.runs);
  expect(csv('findings')).toHaveLength(json.totals.openAtBegin + json.totals.opened + json.totals.reopened);
  expect(csv('objects').map(([id, , runs, answered]) => [id, Number(runs), Number(answered)])).toEqual(
    json.population.objects.map(({ id, runs, answered }) => [id, runs, answered]),
  );
  expect(csv('waivers')).toHaveLength(json.waivers.length);
});

test('every language prints the same figures', () => {
  const [en = [], ...others] = shown.map((language) => figuresOf(pages.get(language) ?? readPage('')));
  expect(en.length).toBeGreaterThan(50);
  for (const other of others) expect(other).toEqual(en);
});
