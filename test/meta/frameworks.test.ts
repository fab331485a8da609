import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checks } from '../../packages/audit/src/checks/index.ts';
import { isKept } from '../../packages/audit/src/demand.ts';
import { cisPostgresql } from '../../packages/audit/src/frameworks/cis-postgresql.ts';
import { frameworks } from '../../packages/audit/src/frameworks/index.ts';
import { mlpsLevel3 } from '../../packages/audit/src/frameworks/mlps-l3.ts';
import { pigstyCompliance } from '../../packages/audit/src/frameworks/pigsty-compliance.ts';
import { soc2 } from '../../packages/audit/src/frameworks/soc2.ts';

/** Catalogue id -> how it is decided, and the clauses it speaks for (the reference catalogue, facts only). */
// oxlint-disable-next-line typescript/no-unsafe-assignment -- the file beside this one, of this shape
const catalogue: Readonly<
  Record<string, Readonly<Record<'mlps' | 'soc2' | 'cis' | 'seed', readonly string[]>> & { readonly mode: string }>
> = JSON.parse(readFileSync(new URL('catalogue-clauses.json', import.meta.url), 'utf8'));

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

test('the default frameworks are those two', () => {
  expect(frameworks.filter(({ byDefault }) => byDefault !== false).map(({ id }) => id)).toEqual(['mlps-l3', 'soc2']);
});

test.each(
  frameworks.flatMap(({ id, clauses }) =>
    clauses.flatMap((clause) =>
      (clause.requires ?? []).map((demand) => [`${id} ${clause.id}`, clause, demand] as const),
    ),
  ),
)('%s demands a number of a check of its own, which the default keeps', (_, clause, demand) => {
  expect(clause.checks).toContain(demand.check);
  const defaults: Readonly<Record<string, unknown>> = { ...checks.find(({ id }) => id === demand.check)?.params };
  expect([demand.param, typeof defaults[demand.param]]).toEqual([demand.param, 'number']);
  expect(demand.atLeast ?? demand.atMost).toBeTypeOf('number');
  expect(isKept(demand, defaults[demand.param])).toBe(true);
});

test('records of six months are demanded where the law asks for them', () => {
  const demanding = mlpsLevel3.clauses.filter(({ requires }) => requires?.some(({ atLeast }) => atLeast === 180));
  expect(demanding.map(({ id }) => id)).toEqual(['8.1.4.3 c)', '8.1.5.4 d)']);
});

test('the seed tables have fifteen and eleven rows, each resting on at least one automatic check', () => {
  expect(pigstyCompliance.clauses.map(({ id }) => id)).toEqual([...range('M', 15), ...range('S', 11)]);
  for (const { id, checks: rests } of pigstyCompliance.clauses) expect([id, rests.length > 0]).toEqual([id, true]);
});

test('CIS sections are those the catalogue names, in order, with short titles of our own', () => {
  const named = new Set(Object.values(catalogue).flatMap(({ cis }) => cis));
  const ordered = [...named].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  expect(cisPostgresql.clauses.map(({ id }) => id)).toEqual(ordered);
  for (const { title } of cisPostgresql.clauses) expect(title.en).not.toMatch(/^Ensure|'/u);
});

/** Clauses the catalogue has something automatic for, of which no check is built; a person answers them until then. */
const notBuilt: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'mlps-l3': {},
  'cis-postgresql': {
    '3.1.11': 'syslog_sequence_numbers is not judged',
    '3.1.12': 'syslog_split_messages is not judged',
    '3.1.13': 'syslog_ident is not judged',
  },
};

/** Framework, field of the catalogue, and clauses of single checks left out on purpose, each with its reason. */
const mapped = [
  { framework: mlpsLevel3, field: 'mlps', leftOut: {} },
  { framework: soc2, field: 'soc2', leftOut: {} },
  {
    framework: cisPostgresql,
    field: 'cis',
    leftOut: {
      'pg-log-collector 3.1.11': 'it does not look at syslog_sequence_numbers',
      'pg-log-collector 3.1.12': 'it does not look at syslog_split_messages',
      'pg-log-collector 3.1.13': 'it does not look at syslog_ident',
    },
  },
  { framework: pigstyCompliance, field: 'seed', leftOut: {} },
] as const;

describe.each(mapped)('$framework.id and the catalogue', ({ framework, field, leftOut }) => {
  const wanted = checks.flatMap((check) =>
    [...new Set(check.catalogue.flatMap((id) => catalogue[id]?.[field] ?? []))].map(
      (clause) => `${check.id} ${clause}`,
    ),
  );

  test('every check stands under the clauses the catalogue gives it', () => {
    const there = new Set(framework.clauses.flatMap((clause) => clause.checks.map((id) => `${id} ${clause.id}`)));
    expect(wanted.filter((pair) => !there.has(pair)).toSorted()).toEqual(Object.keys(leftOut).toSorted());
  });

  test('every clause of the catalogue is in the framework', () => {
    const ids = new Set(framework.clauses.map(({ id }) => id));
    const missing = Object.values(catalogue).flatMap((entry) => entry[field].filter((id) => !ids.has(id)));
    expect(missing).toEqual([]);
  });

  test('a clause without checks is one that nothing automatic is built for', () => {
    const bare = framework.clauses.filter((clause) => clause.checks.length === 0).map(({ id }) => id);
    expect(bare.filter((id) => wanted.some((pair) => pair.endsWith(` ${id}`) && !(pair in leftOut)))).toEqual([]);
    const automatic = bare.filter((id) =>
      Object.values(catalogue).some(
        (entry) => entry.mode !== 'manual' && entry.mode !== 'hybrid' && entry[field].some((each) => each === id),
      ),
    );
    expect(automatic).toEqual(Object.keys(notBuilt[framework.id] ?? {}));
  });
});
