import { auditRules, reviewRun } from '@pgattest/audit';
import { describe, expect, test } from 'vitest';
import type { Framework } from '../../packages/audit/src/framework.ts';
import type { ManifestFile } from '../../packages/audit/src/manifest.ts';
import { anchorOf } from '../../packages/audit/src/report/format.ts';
import { messagesOf } from '../../packages/audit/src/report/i18n/messages-of.ts';
import { buildReport } from '../../packages/audit/src/report/build.ts';
import { renderHtml } from '../../packages/audit/src/report/html/render.tsx';
import { renderJson } from '../../packages/audit/src/report/json.ts';
import type { Report } from '../../packages/audit/src/report/model.ts';
import type { XmlElement } from './format-readers.ts';
import { digitsOf, elementsOf, figuresOf, getById, lineOf, readPage, withClass } from './page-reader.ts';
import { reportInput } from './report.fixture.ts';

// What a reviewer of reports looks for first (reference/compliance/report-ux.md 8), read from the page as a reader would,
// on a report that has everything once and on one of real servers under the real frameworks.

interface Source {
  readonly report: Report;
  /** What the report must account for, from before it was built. */
  readonly frameworks: readonly Framework[];
  readonly files: readonly ManifestFile[];
}

const recorded = await reviewRun(new URL('../snapshots/replica-stopped', import.meta.url).pathname, auditRules);
const sources: Readonly<Record<string, Source>> = {
  'everything once': {
    report: buildReport(reportInput),
    frameworks: reportInput.frameworks,
    files: reportInput.manifest.files,
  },
  'a stopped replica': {
    report: recorded.report,
    frameworks: recorded.assessment.frameworks,
    files: recorded.manifest.files,
  },
};
const shown = ['en', 'zh', 'both'] as const;

/** How often each text occurs. */
const tally = (texts: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...new Set(texts)].toSorted().map((text) => [text, texts.filter((other) => other === text).length]));

/** `{Fail: 2}` from counts by state and the words of the states; states that do not occur are left out. */
function inWords<State extends string>(
  counts: Readonly<Record<State, number>>,
  words: Readonly<Record<State, string>>,
): Readonly<Record<string, number>> {
  const present: [string, number][] = [];
  for (const state in counts) if (counts[state] > 0) present.push([words[state], counts[state]]);
  return Object.fromEntries(present.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a legend beside a bar of shares says. */
const sharesOf = (shares: XmlElement | undefined): Readonly<Record<string, number>> =>
  Object.fromEntries(
    (shares?.all('li') ?? [])
      .map((item): [string, number] => {
        const count = lineOf(item.all('b')[0]);
        return [lineOf(item).slice(count.length).trim(), Number(count)];
      })
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

const blocksOf = (page: XmlElement) =>
  withClass(getById(page, 'findings'), 'finding').map((block) => {
    const [head] = withClass(block, 'finding-head');
    if (head === undefined) throw new Error('a result without a head');
    return {
      block,
      word: lineOf(withClass(head, 'mark')[0]),
      subjects: withClass(head, 'subject').map((subject) => lineOf(subject)),
    };
  });

describe.each(Object.entries(sources))('%s', (_, { report, frameworks, files }) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the JSON report says, as its readers take it
  const json = JSON.parse(renderJson(report)) as Report;

  describe.each(shown)('in %s', (language) => {
    const t = messagesOf(language);
    const page = readPage(renderHtml(report, language));

    test('results of the chapters add up to the summary, the cover and the JSON', () => {
      const listed = blocksOf(page).flatMap(({ word, subjects }) => subjects.map(() => word));
      const wanted = inWords(json.totals.outcomes, t.outcome);
      expect(tally(listed)).toEqual(wanted);
      expect(sharesOf(withClass(getById(page, 'summary'), 'shares')[0])).toEqual(wanted);
      expect(listed).toHaveLength(json.totals.results);
      const [verdict] = withClass(page, 'verdict');
      const { fail, excepted } = json.totals.outcomes;
      for (const sentence of [
        t.verdict.failing(fail, json.totals.results),
        ...(json.totals.highRisk > 0 ? [t.verdict.highRisk(json.totals.highRisk)] : []),
        ...(excepted > 0 ? [t.verdict.excepted(excepted)] : []),
      ]) {
        expect(lineOf(verdict)).toContain(sentence.replaceAll(/\s+/gu, ' '));
      }
      const { results, checks } = json.totals;
      const sums = t.summary.addsUp(results, checks, json.scope.subjects.length).replaceAll(/\s+/gu, ' ');
      expect(lineOf(getById(page, 'summary'))).toContain(sums);
      expect(withClass(getById(page, 'findings'), 'check')).toHaveLength(checks);
    });

    test('every clause of every framework stands once, and their judgements add up to every place that counts them', () => {
      const cards = withClass(getById(page, 'summary'), 'card');
      expect(cards).toHaveLength(frameworks.length);
      for (const [index, { id, clauses }] of frameworks.entries()) {
        const section = getById(page, id);
        const rows = withClass(section, 'filterable');
        expect(rows.map(({ attributes }) => attributes['id'] ?? '').toSorted()).toEqual(
          clauses.map((clause) => anchorOf(`clause-${id}`, clause.id)).toSorted(),
        );
        const counted = json.frameworks[index]?.outcomes;
        if (counted === undefined) throw new Error(`the JSON has no framework ${id}`);
        const wanted = inWords(counted, t.clauseOutcome);
        expect(tally(rows.map((row) => lineOf(withClass(row, 'mark')[0])))).toEqual(wanted);
        expect(sharesOf(withClass(section, 'shares')[0])).toEqual(wanted);
        expect(sharesOf(withClass(cards[index] ?? section, 'shares')[0])).toEqual(wanted);
      }
    });

    test('every passed, warned and failed result has evidence that is in the bundle, with its hash', () => {
      const index = new Map(
        withClass(getById(page, 'evidence'), 'index')
          .flatMap((table) => table.all('tr'))
          .filter(({ attributes }) => attributes['id'] !== undefined)
          .map((row) => [row.attributes['id'] ?? '', row.all('code').map(lineOf).join(' ')]),
      );
      expect([...index.values()]).toEqual(files.map(({ path, sha256 }) => `${path} ${sha256}`));
      expect(index.size).toBe(json.totals.evidenceFiles);
      const decided = [t.outcome.pass, t.outcome.warn, t.outcome.fail];
      const results = blocksOf(page).filter(({ word }) => decided.includes(word));
      expect(results.length).toBeGreaterThan(3);
      for (const { block } of results) {
        const cited = withClass(block, 'evidence-file');
        expect([lineOf(block), cited.length]).not.toEqual([lineOf(block), 0]);
        for (const evidence of cited) {
          const [link] = evidence.all('a');
          expect(index.get(lineOf(link))).toBe(evidence.all('code').map(lineOf).join(' '));
          expect(link?.attributes['href']).toBe(`#${lineOf(link)}`);
        }
      }
    });

    test('objects have the names of the inventory in every chapter', () => {
      const scope = getById(page, 'scope');
      const inventory = scope.all('tbody')[0]?.all('tr').map((row) => lineOf(row.all('code')[0])) ?? [];
      expect(inventory).toEqual(json.scope.subjects.map(({ id }) => id));
      const named = [
        ...blocksOf(page).flatMap(({ subjects }) => subjects),
        ...withClass(page, 'subject').map(lineOf),
        ...withClass(page, 'object').map((head) => lineOf(head.all('code')[0])),
        ...withClass(getById(page, 'scope'), 'member').flatMap((member) =>
          withClass(member, 'undeclared').length > 0 ? [] : withClass(member, 'name').map(lineOf),
        ),
      ];
      expect(new Set(named).size).toBeGreaterThan(1);
      expect([...new Set(named)].filter((name) => !inventory.includes(name))).toEqual([]);
    });

    test('counts beside a list are its length', () => {
      const rows = elementsOf(getById(page, 'changes')).filter(({ name }) => name === 'tr');
      for (const row of rows) expect(lineOf(withClass(row, 'number')[0])).toBe(String(row.all('li').length));
      const limits = elementsOf(getById(page, 'method')).flatMap((element) => withClass(element, 'probe-ref'));
      expect(new Set(limits).size).toBe(json.method.limits.length);
    });
  });

  test('every page prints the same figures', () => {
    const [en, ...others] = shown.map((language) => figuresOf(renderHtml(report, language)));
    for (const other of others) expect(other).toEqual(en);
    expect(en?.length).toBeGreaterThan(30);
  });

  test('the Chinese reason of a result has every number of the English one', () => {
    const texts = [
      ...report.checks.flatMap(({ findings }) => findings.flatMap(({ reason, evidence }) => [reason, ...evidence.map(({ expected }) => expected)])),
      ...report.frameworks.flatMap(({ sections }) => sections.flatMap(({ clauses }) => clauses.map(({ reason }) => reason))),
    ];
    expect(texts.length).toBeGreaterThan(20);
    for (const { en, zh } of texts) {
      const inChinese = [...digitsOf(zh)];
      const missing = digitsOf(en).filter((number) => {
        const at = inChinese.indexOf(number);
        if (at >= 0) inChinese.splice(at, 1);
        return at < 0;
      });
      expect({ en, zh, missing }).toEqual({ en, zh, missing: [] });
    }
  });
});
