import type { ResultSet } from '@pgattest/connect';
import { expose } from '@pgattest/runtime';
import { describe, expect, test } from 'vitest';
import { rowsToFamilies } from '../rows.ts';
import { readCollectorFile } from './read-file.ts';
import { toCollectors } from './to-collectors.ts';

const oid = { text: 25, float8: 701 } as const;

/** What a histogram of the YAML format shows for rows of `[label, …, value]`. */
function shown(fields: string, rows: ResultSet['rows'], labels: readonly string[] = ['l']): readonly string[] {
  const listed = [...labels.map((label) => `{${label}: {usage: LABEL}}`), `{v: {usage: HISTOGRAM, ${fields}}}`];
  const text = `h: {query: Q, metrics: [${listed.join(', ')}]}`;
  const { branches, diagnostics } = readCollectorFile(text, 'c.yml');
  expect(diagnostics).toEqual([]);
  const [collector] = toCollectors(branches ?? []);
  const [variant] = collector?.variants ?? [];
  if (collector === undefined || variant === undefined) throw new Error('no collector');
  const columns = [...labels.map((name) => ({ name, typeOid: oid.text })), { name: 'v', typeOid: oid.float8 }];
  const { families } = rowsToFamilies(collector, variant, { columns, rows });
  return expose(families).trimEnd().split('\n');
}

function samples(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !line.startsWith('#'));
}

describe('config-format 9: histograms of a result', () => {
  test('[T] a bucket counts values up to its bound, those below the first one too, and +Inf is the count', () => {
    const lines = shown('bucket: [0, 1, 10]', [
      ['a', '-5'],
      ['a', '1'],
      ['a', '1.5'],
      ['a', '99'],
    ]);
    expect(samples(lines)).toEqual([
      'h_v_bucket{l="a",le="0"} 1',
      'h_v_bucket{l="a",le="1"} 2',
      'h_v_bucket{l="a",le="10"} 3',
      'h_v_bucket{l="a",le="+Inf"} 4',
      'h_v_count{l="a"} 4',
      'h_v_sum{l="a"} 96.5',
    ]);
  });

  test('[T] le is the shortest g text of Go', () => {
    const lines = shown('bucket: [0.001, 1, 100000, 1000000, 3e6]', [['a', '1']]);
    const bounds = lines.flatMap((line) => /le="([^"]+)"/.exec(line)?.[1] ?? []);
    expect(bounds).toEqual(['0.001', '1', '100000', '1e+06', '3e+06', '+Inf']);
  });

  test('[T] three gauges say in their help what they are, and the base name is not exported', () => {
    const lines = shown('bucket: [1], description: Age', [['a', '1']]);
    expect(lines.filter((line) => line.startsWith('#'))).toEqual([
      '# HELP h_v_bucket Age (cumulative bucket)',
      '# TYPE h_v_bucket gauge',
      '# HELP h_v_count Age (observation count)',
      '# TYPE h_v_count gauge',
      '# HELP h_v_sum Age (observation sum)',
      '# TYPE h_v_sum gauge',
    ]);
  });

  test('[T] NULL is no observation, and labels without one are not shown', () => {
    expect(
      samples(
        shown('bucket: [1]', [
          ['a', null],
          ['b', '1'],
        ]),
      ).filter((line) => line.includes('"a"')),
    ).toEqual([]);
  });

  test('[T] NULL is observed as the default, scaled like any other number', () => {
    const lines = shown('bucket: [1], default: 4, scale: 0.5', [
      ['a', null],
      ['a', '1'],
    ]);
    expect(samples(lines)).toContain('h_v_sum{l="a"} 2.5');
  });

  test('[T] groups do not collide where label texts could be joined to the same', () => {
    const lines = shown(
      'bucket: [1]',
      [
        ['a', 'bc', '1'],
        ['ab', 'c', '1'],
      ],
      ['l', 'm'],
    );
    expect(samples(lines).filter((line) => line.startsWith('h_v_count'))).toEqual([
      'h_v_count{l="a",m="bc"} 1',
      'h_v_count{l="ab",m="c"} 1',
    ]);
  });

  test.each(['NaN', 'Infinity', 'x'])('[T] the value %s fails the whole branch', (value) => {
    expect(() =>
      shown('bucket: [1]', [
        ['a', '1'],
        ['b', value],
      ]),
    ).toThrow(/v is not a finite number/u);
  });

  test('[T] a sum that overflows fails the whole branch', () => {
    expect(() =>
      shown('bucket: [1]', [
        ['a', '1.7e308'],
        ['a', '1.7e308'],
      ]),
    ).toThrow(/sum of the observations/u);
  });

  test('[T] one execution knows nothing of another', () => {
    expect(samples(shown('bucket: [1]', [['a', '1']]))).toEqual(samples(shown('bucket: [1]', [['a', '1']])));
  });
});
