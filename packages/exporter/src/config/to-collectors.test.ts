import { describe, expect, test } from 'vitest';
import { readCollectorFile } from './read-file.ts';
import { toCollectors } from './to-collectors.ts';

function load(text: string): ReturnType<typeof toCollectors> {
  const { branches, diagnostics } = readCollectorFile(text, 'c.yml');
  expect(diagnostics).toEqual([]);
  return toCollectors(branches ?? []);
}

const old = 'pg_x_10: {name: pg_x, query: SELECT 1, max_version: 130000, metrics: [{v: {usage: GAUGE}}]}\n';

describe('branches of one name', () => {
  test('that differ in SQL, version and columns are variants of one collector, and say what they omit', () => {
    const [collector, ...more] = load(
      `${old}pg_x_13: {name: pg_x, query: SELECT 2, min_version: 130000, metrics: [{w: {usage: COUNTER}}, {v: {usage: GAUGE}}]}`,
    );
    expect(more).toEqual([]);
    expect(Object.keys(collector?.metrics ?? {})).toEqual(['v', 'w']);
    expect(collector?.variants).toEqual([
      { branch: 'pg_x_10', until: 130000, sql: 'SELECT 1', omits: ['w'] },
      { branch: 'pg_x_13', since: 130000, sql: 'SELECT 2' },
    ]);
  });

  test('may be described in different words', () => {
    const [collector, ...more] = load(
      'a: {name: pg_x, desc: old, query: A, max_version: 130000, metrics: [{v: {usage: GAUGE}}]}\n' +
        'b: {name: pg_x, desc: new, query: B, min_version: 130000, metrics: [{v: {usage: GAUGE}}]}',
    );
    expect([collector?.help, more]).toEqual(['old', []]);
  });

  test('that are for a primary and for a replica are variants of one collector', () => {
    const columns = 'query: SELECT 1, metrics: [{v: {usage: GAUGE}}]';
    expect(
      load(`a: {name: pg_x, tags: [primary], ${columns}}\nb: {name: pg_x, tags: [replica], ${columns}}`),
    ).toHaveLength(1);
  });

  test.each([
    ['ttl', 'ttl: 9, metrics: [{v: {usage: GAUGE}}]'],
    ['help', 'metrics: [{v: {usage: GAUGE, description: other}}]'],
    ['type', 'metrics: [{v: {usage: COUNTER}}]'],
    ['scale', 'metrics: [{v: {usage: GAUGE, scale: 2}}]'],
    ['labels', 'metrics: [{v: {usage: GAUGE}}, {l: {usage: LABEL}}]'],
    ['extension', "tags: ['extension:x'], metrics: [{v: {usage: GAUGE}}]"],
    ['kind of value', 'metrics: [{v: {usage: HISTOGRAM, bucket: [1]}}]'],
  ])('that differ in %s are two collectors of one id', (_name, fields) => {
    const collectors = load(`${old}pg_x_13: {name: pg_x, query: SELECT 2, min_version: 130000, ${fields}}`);
    expect(collectors.map(({ id, variants }) => [id, variants.length])).toEqual([
      ['pg_x', 1],
      ['pg_x', 1],
    ]);
  });

  test('that fit the same server both run: there is no arbitration', () => {
    const both = load(
      `${old}pg_x_12: {name: pg_x, query: SELECT 2, min_version: 120000, metrics: [{v: {usage: GAUGE}}]}`,
    );
    expect(both.map(({ variants }) => variants.map(({ branch }) => branch))).toEqual([['pg_x_10'], ['pg_x_12']]);
  });
});

test('a label and a metric may be renamed to the same word', () => {
  const [collector] = load(
    'pg_x: {query: Q, metrics: [{a: {usage: LABEL, rename: x}}, {b: {usage: GAUGE, rename: x}}]}',
  );
  expect(collector?.variants[0]?.columns).toEqual({ labels: { x: 'a' }, values: { x: 'b' } });
  expect(collector?.m['x']).toMatchObject({ name: 'pg_x_x', labels: ['x'] });
});

test('branches run by ascending priority and otherwise in the order of the file', () => {
  const text = Object.entries({ z: 2, b: 1, a: 2, c: -1 })
    .map(([key, priority]) => `${key}: {query: Q, priority: ${priority}, metrics: [{v: {usage: GAUGE}}]}\n`)
    .join('');
  const ids = load(text).map(({ id }) => id);
  expect(ids).toEqual(['c', 'b', 'z', 'a']);
});
