import { describe, expect, test } from 'vitest';
import { checks } from '../../packages/audit/src/checks/index.ts';
import { frameworks } from '../../packages/audit/src/frameworks/index.ts';
import { mlpsLevel3 } from '../../packages/audit/src/frameworks/mlps-l3.ts';
import { soc2 } from '../../packages/audit/src/frameworks/soc2.ts';

const checkIds = new Set<string>(checks.map((check) => check.id));
const range = (prefix: string, to: number, gaps: readonly number[] = []) =>
  Array.from({ length: to }, (_, index) => index + 1)
    .filter((number) => !gaps.includes(number))
    .map((number) => `${prefix}${String(number).padStart(2, '0')}`);
const units = (chapter: string) =>
  mlpsLevel3.clauses.flatMap(({ unit }) => (unit?.startsWith(`L3-${chapter}-`) === true ? [unit] : []));
const items = (prefix: string, last: string) =>
  Array.from({ length: last.charCodeAt(0) - 96 }, (_, index) => `${prefix} ${String.fromCharCode(97 + index)})`);

describe.each(frameworks.map((framework) => [framework.id, framework] as const))('%s', (_, framework) => {
  test('every clause appears exactly once', () => {
    const ids = framework.clauses.map((clause) => clause.id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('a clause without checks says so, and every clause tells a person what to add', () => {
    for (const clause of framework.clauses) {
      expect([clause.id, clause.coverage === 'none']).toEqual([clause.id, clause.checks.length === 0]);
      expect([clause.id, clause.manual.length > 0 || clause.coverage === 'full']).toEqual([clause.id, true]);
    }
  });

  test('every check it names exists and is named once per clause', () => {
    for (const clause of framework.clauses) {
      expect(clause.checks.filter((id) => !checkIds.has(id))).toEqual([]);
      expect(clause.checks).toEqual([...new Set(clause.checks)]);
    }
  });

  test('titles, headings and manual items are there in both languages, without a final full stop in titles', () => {
    for (const clause of framework.clauses) {
      for (const text of [clause.title, clause.section]) {
        expect(text.en).toMatch(/[^.\s]$/);
        expect(text.zh).toMatch(/[^。\s]$/);
      }
      for (const text of clause.manual) {
        expect(text.en).toMatch(/\.$/);
        expect(text.zh).toMatch(/。$/);
      }
    }
  });

  test('high-risk keys of clauses and cases are the same set', () => {
    const cases = (framework.highRisk ?? []).map(({ key }) => key);
    expect(cases).toEqual([...new Set(cases)]);
    const keys = framework.clauses.flatMap((clause) => clause.highRisk ?? []);
    expect(keys.toSorted()).toEqual(cases.toSorted());
  });

  test('a high-risk case triggers only on checks of the clause it belongs to', () => {
    for (const { key, triggers } of framework.highRisk ?? []) {
      const clause = framework.clauses.find(({ highRisk }) => highRisk?.includes(key));
      expect([key, triggers.filter((id) => clause?.checks.includes(id) !== true)]).toEqual([key, []]);
    }
  });
});

test('every check feeds at least one clause', () => {
  const mapped = new Set<string>(frameworks.flatMap(({ clauses }) => clauses.flatMap((clause) => clause.checks)));
  expect([...checkIds].filter((id) => !mapped.has(id))).toEqual([]);
});

test('level 3 holds every assessment unit GB/T 28448 publishes for chapters 8.1.2 to 8.1.5', () => {
  expect(units('CNS1')).toEqual(range('L3-CNS1-', 8));
  expect(units('ABS1')).toEqual(range('L3-ABS1-', 20));
  expect(units('CES1')).toEqual(range('L3-CES1-', 35, [16]));
  expect(units('SMC1')).toEqual(range('L3-SMC1-', 12));
  expect([8, 20, 34, 12]).toEqual(['CNS1', 'ABS1', 'CES1', 'SMC1'].map((chapter) => units(chapter).length));
});

test('level 3 holds every item of the standard under its control point, in order', () => {
  expect(mlpsLevel3.clauses.map(({ id }) => id)).toEqual([
    '8.1.1',
    ...items('8.1.2.1', 'e'),
    ...items('8.1.2.2', 'b'),
    '8.1.2.3',
    ...items('8.1.3.1', 'd'),
    ...items('8.1.3.2', 'e'),
    ...items('8.1.3.3', 'd'),
    ...items('8.1.3.4', 'b'),
    ...items('8.1.3.5', 'd'),
    '8.1.3.6',
    ...items('8.1.4.1', 'd'),
    ...items('8.1.4.2', 'g'),
    ...items('8.1.4.3', 'd'),
    ...items('8.1.4.4', 'f'),
    '8.1.4.5',
    '8.1.4.6',
    ...items('8.1.4.7', 'b'),
    ...items('8.1.4.8', 'b'),
    ...items('8.1.4.9', 'c'),
    ...items('8.1.4.10', 'b'),
    ...items('8.1.4.11', 'b'),
    ...items('8.1.5.1', 'b'),
    ...items('8.1.5.2', 'b'),
    ...items('8.1.5.3', 'b'),
    ...items('8.1.5.4', 'f'),
    '8.1.9.1',
    ...[5, 6, 8, 9, 10, 11, 12, 13].map((point) => `8.1.10.${point}`),
  ]);
});

test('a clause stands under the heading and chapter of its number', () => {
  for (const { id, section, chapter } of mlpsLevel3.clauses) {
    const number = id.split(' ')[0] ?? '';
    expect([section.en.split(' ')[0], section.zh.split(' ')[0]]).toEqual([number, number]);
    expect(number.startsWith(chapter?.en.split(' ')[0] ?? 'none')).toBe(true);
  }
});

test('SOC 2 holds the security criteria a cluster feeds and all of the optional categories', () => {
  expect(soc2.clauses.map(({ id }) => id)).toEqual([
    'CC2.1',
    'CC3.1',
    'CC4.1',
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => `CC6.${number}`),
    ...[1, 2, 3, 4, 5].map((number) => `CC7.${number}`),
    'CC8.1',
    'CC9.1',
    'CC9.2',
    'A1.1',
    'A1.2',
    'A1.3',
    'C1.1',
    'C1.2',
    ...[1, 2, 3, 4, 5].map((number) => `PI1.${number}`),
  ]);
});
