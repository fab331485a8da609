import { describe, expect, test } from 'vitest';
import { readCollectorFile } from './read-file.ts';
import { toCollectors } from './to-collectors.ts';

const branch = (top: string, metrics = '[{who: {usage: LABEL}}, {n: {usage: COUNTER, rename: calls}}]'): string =>
  `x:\n  query: Q\n  top: ${top}\n  metrics: ${metrics}\n`;
const read = (text: string) => {
  const { branches, diagnostics } = readCollectorFile(text, 'c.yml');
  return { topK: toCollectors(branches ?? [])[0]?.topK, diagnostics };
};

describe('top, which says what rows are shown', () => {
  test('names the metric by its exported name and may leave out all but the number of rows', () => {
    expect(read(branch('{rank_by: calls, enters: 10}'))).toEqual({
      topK: { rankedBy: 'calls', enters: 10, stays: 20 },
      diagnostics: [],
    });
    expect(read(branch('{rank_by: calls, enters: 10, stays: 30, other_by: [who]}'))).toEqual({
      topK: { rankedBy: 'calls', enters: 10, stays: 30, otherBy: ['who'] },
      diagnostics: [],
    });
    expect(read(branch(''))).toEqual({ topK: undefined, diagnostics: [] });
  });

  test.each([
    ['{rank_by: n, enters: 10}', 'c.yml:3:18 x.top.rank_by: "n" is no metric of this branch; known are calls'],
    [
      '{rank_by: call, enters: 10}',
      'c.yml:3:18 x.top.rank_by: "call" is no metric of this branch; did you mean calls?',
    ],
    ['{enters: 10}', 'c.yml:3:8 x.top.rank_by: "" is no metric of this branch; known are calls'],
    ['{rank_by: calls}', 'c.yml:3:8 x.top.enters: 0 rows are none; write how many rows of the highest rank are shown'],
    [
      '{rank_by: calls, enters: 9, stays: 5}',
      'c.yml:3:43 x.top.stays: 5 is below enters, 9; write 18, or leave it out',
    ],
    [
      '{rank_by: calls, enters: 9, other_by: [where]}',
      'c.yml:3:46 x.top.other_by: "where" is no label of this branch; known are who',
    ],
    ['{rank_by: calls, enters: 9, other_by: who}', 'c.yml:3:46 x.top.other_by: is a single value, not a list'],
    [
      '{rank_by: calls, entres: 9}',
      'c.yml:3:25 x.top.entres: the key entres is not known and ignored; did you mean enters?',
    ],
    ['12', 'c.yml:3:8 x.top: is a single value, not a mapping; write one "key: value" a line'],
  ])('%s is refused with its place', (top, expected) => {
    const said = read(branch(top)).diagnostics.map(
      ({ file, line, column, key, message, remedy }) => `${file}:${line}:${column} ${key}: ${message}; ${remedy}`,
    );
    expect(said).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });

  test('others of a branch without a counter cannot be summed', () => {
    const { topK, diagnostics } = read(branch('{rank_by: n, enters: 1, other_by: []}', '[{n: {usage: GAUGE}}]'));
    expect(topK).toBeUndefined();
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['bad-top', 'error']]);
  });

  test('the name of a sum is taken: a column of that name is refused', () => {
    const columns = '[{who: {usage: LABEL}}, {calls: {usage: COUNTER}}, {other_calls_total: {usage: GAUGE}}]';
    const codes = (top: string) => read(branch(top, columns)).diagnostics.map(({ code }) => code);
    expect(codes('{rank_by: calls, enters: 1, other_by: [who]}')).toEqual(['family-collision']);
    expect(codes('{rank_by: calls, enters: 1}')).toEqual([]);
  });
});
