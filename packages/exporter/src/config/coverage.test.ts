import { postgresCollectors } from '@pgattest/catalog';
import { describe, expect, test } from 'vitest';
import { checkCoverage, coverageOf } from './coverage.ts';
import { readCollectorFile } from './read-file.ts';
import { toCollectors } from './to-collectors.ts';

function branch(key: string, fields: string): string {
  const metrics = fields.includes('metrics:') ? '' : ', metrics: [{v: {usage: GAUGE}}]';
  return `${key}: {name: pg_x, query: SELECT 1, ${fields}${metrics}}\n`;
}

function check(...branches: readonly string[]): readonly string[] {
  const collectors = toCollectors(readCollectorFile(branches.join(''), 'c.yml').branches ?? []);
  const places = new Map(['a', 'b', 'c'].map((key, at) => [key, { file: 'c.yml', line: at + 1, column: 1 }]));
  return checkCoverage(collectors, places).map(
    ({ line, severity, code, message }) => `${line} ${severity} ${code}: ${message}`,
  );
}

describe('two branches of one name', () => {
  test('that fit the same server and return the same metric are an overlap', () => {
    expect(check(branch('a', 'max_version: 140000'), branch('b', 'min_version: 130000'))).toEqual([
      '2 warning version-overlap: a and this branch both run on versions 130000 to 139999 and both return pg_x_v',
    ]);
  });

  test.each([
    ['versions that meet', 'max_version: 130000', 'min_version: 130000'],
    ['different roles', 'tags: [primary]', 'tags: [replica]'],
    ['different databases', "tags: ['dbname:a']", "tags: ['dbname:b']"],
    ['different users', "tags: ['username:a']", "tags: ['username:b']"],
    ['a tag and its opposite', 'tags: [slow]', "tags: ['not:slow']"],
    ['different programs', 'tags: [pgbouncer]', 'ttl: 1'],
    ['one that is skipped', 'skip: true', 'ttl: 1'],
    ['different metrics', 'ttl: 1', 'metrics: [{w: {usage: GAUGE}}]'],
  ])('with %s do not overlap', (_name, a, b) => {
    expect(check(branch('a', a), branch('b', b))).toEqual([]);
  });

  test('with predicates may exclude each other at run time, so an overlap is a note', () => {
    const gated = branch('b', 'predicate_queries: [{predicate_query: SELECT true}]');
    expect(check(branch('a', 'ttl: 1'), gated)).toEqual([expect.stringMatching(/^2 note version-overlap/u)]);
  });

  test('with versions between them that none is for are a gap, for each role', () => {
    expect(check(branch('a', 'max_version: 120000'), branch('b', 'min_version: 130000'))).toEqual([
      '2 warning version-gap: no branch of pg_x runs on versions 120000 to 129999 as primary and replica',
    ]);
    expect(
      check(
        branch('a', 'max_version: 120000'),
        branch('b', 'min_version: 120000, max_version: 130000, tags: [primary]'),
        branch('c', 'min_version: 130000'),
      ),
    ).toEqual(['3 warning version-gap: no branch of pg_x runs on versions 120000 to 129999 as replica']);
  });

  test('of which the last ends before the newest version are a note', () => {
    expect(check(branch('a', 'max_version: 170000, tags: [replica]'))).toEqual([
      '1 note version-gap: pg_x ends here: nothing runs on versions 170000 to 189999 as replica',
    ]);
  });
});

test('a metric that two collectors both have is told, because pg_exporter fails the scrape', () => {
  const other = 'b: {name: pg, query: SELECT 1, metrics: [{x_v: {usage: GAUGE}}]}\n';
  expect(check(branch('a', 'ttl: 1'), other)).toEqual(['2 warning family-shared: pg_x_v is also a metric of a (pg_x)']);
});

test('coverage names the branches for each major and role', () => {
  const text = branch('a', 'max_version: 130005') + branch('b', 'min_version: 130005, tags: [primary]');
  const cells = coverageOf(toCollectors(readCollectorFile(text, 'c.yml').branches ?? []));
  const at = (major: number, role: string): readonly string[] | undefined =>
    cells.find((cell) => cell.major === major && cell.role === role)?.branches;
  expect([at(12, 'replica'), at(13, 'primary'), at(13, 'replica'), at(14, 'replica')]).toEqual([
    ['a'],
    ['a', 'b'],
    ['a'],
    [],
  ]);
});

test('config-format 5 [T]: the built-in collectors have neither overlap nor gap on any version and role', () => {
  const found = checkCoverage(postgresCollectors, new Map()).filter(({ severity }) => severity !== 'note');
  expect(found).toEqual([]);
});
