import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExposition } from './exposition-parse.ts';
import { expose } from './exposition.ts';
import type { Family } from './family.ts';

const lag: Family = {
  name: 'pg_repl_lag',
  kind: 'gauge',
  help: 'Bytes behind',
  labelNames: ['appname', 'address'],
  samples: [
    { labels: ['a', '10.0.0.1'], value: 0 },
    { labels: ['b "q" \\ \n', ''], value: 1.5 },
  ],
};

/** A family with one label, whose tuples are the given ones and not copies. */
const sharing = (name: string, labelName: string, tuples: readonly (readonly string[])[]): Family => ({
  name,
  kind: 'gauge',
  help: '',
  labelNames: [labelName],
  samples: tuples.map((labels, value) => ({ labels, value })),
});

describe('expose', () => {
  test('writes families and samples in the given order', () => {
    expect(
      expose([lag, { ...lag, name: 'pg_up', kind: 'counter', labelNames: [], samples: [{ labels: [], value: 1 }] }]),
    ).toBe(`# HELP pg_repl_lag Bytes behind
# TYPE pg_repl_lag gauge
pg_repl_lag{appname="a",address="10.0.0.1"} 0
pg_repl_lag{appname="b \\"q\\" \\\\ \\n",address=""} 1.5
# HELP pg_up Bytes behind
# TYPE pg_up counter
pg_up 1
`);
  });

  test('puts constant labels behind those of every series', () => {
    const constants = { cls: 'pg "test"', ins: 'pg-test-1' };
    const labelless: Family = { ...lag, name: 'pg_up', labelNames: [], samples: [{ labels: [], value: 1 }] };
    expect(expose([{ ...lag, samples: lag.samples.slice(0, 1) }, labelless], constants))
      .toBe(`# HELP pg_repl_lag Bytes behind
# TYPE pg_repl_lag gauge
pg_repl_lag{appname="a",address="10.0.0.1",cls="pg \\"test\\"",ins="pg-test-1"} 0
# HELP pg_up Bytes behind
# TYPE pg_up gauge
pg_up{cls="pg \\"test\\"",ins="pg-test-1"} 1
`);
  });

  test('label tuples that families share are written under the names of each', () => {
    const [a, b] = [['1'], ['2']];
    const text = expose([
      sharing('m', 'x', [a, b]),
      sharing('n', 'x', [b, a]),
      sharing('o', 'x', [b, b]),
      sharing('p', 'y', [b, b]),
    ]);
    expect(text.split('\n').filter((line) => /^[m-p]/.test(line))).toEqual([
      'm{x="1"} 0',
      'm{x="2"} 1',
      'n{x="2"} 0',
      'n{x="1"} 1',
      'o{x="2"} 0',
      'o{x="2"} 1',
      'p{y="2"} 0',
      'p{y="2"} 1',
    ]);
  });

  test('leaves out a family without samples', () => {
    expect(expose([{ ...lag, samples: [] }])).toBe('');
  });

  test.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [1e21, '1e+21'],
    [123_456_789_012, '123456789012'],
    [0.1, '0.1'],
    [-0, '-0'],
  ])('writes %d as %s', (value, text) => {
    expect(expose([{ ...lag, labelNames: [], samples: [{ labels: [], value }] }])).toContain(`\npg_repl_lag ${text}\n`);
  });
});

describe('parseExposition', () => {
  test('reads back what expose wrote', () => {
    const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,8}$/);
    const labelNames = fc.uniqueArray(fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,5}$/), { maxLength: 3 });
    const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 1e308, 5e-324));
    const text = fc.string({ unit: 'binary' });
    const family = labelNames.chain((names) =>
      fc.record({
        name,
        kind: fc.constantFrom<Family['kind']>('gauge', 'counter'),
        help: text,
        labelNames: fc.constant(names),
        samples: fc.uniqueArray(
          fc.record({ labels: fc.array(text, { minLength: names.length, maxLength: names.length }), value }),
          { minLength: 1, maxLength: 4, selector: ({ labels }) => JSON.stringify(labels) },
        ),
      }),
    );
    const families = fc.uniqueArray(family, { maxLength: 4, selector: ({ name: unique }) => unique });
    fc.assert(
      fc.property(families, (given) => {
        expect(parseExposition(expose(given))).toEqual(given);
      }),
    );
  });

  test('labels may come in another order, blank lines and comments anywhere', () => {
    const text = '# a comment\n# TYPE m gauge\nm{a="1",b="2"} 1\n\nm{b="3",a="4",} +Inf\n';
    expect(parseExposition(text)).toEqual([
      {
        name: 'm',
        kind: 'gauge',
        help: '',
        labelNames: ['a', 'b'],
        samples: [
          { labels: ['1', '2'], value: 1 },
          { labels: ['4', '3'], value: Infinity },
        ],
      },
    ]);
  });

  test.each([
    ['m 1\n', 'line 1: no TYPE before the first sample of m'],
    ['# TYPE m gauge\nm 1', 'line 2: the last line must end with a newline'],
    ['# TYPE m summary\n', 'line 1: type summary of m is not gauge or counter'],
    ['# TYPE m gauge\n# TYPE m gauge\n', 'line 2: second TYPE of m'],
    ['# HELP m a\n# HELP m a\n', 'line 2: second HELP of m'],
    ['# HELP m a\\q\n', 'line 1: unknown escape \\q'],
    ['# TYPE\n', 'line 1: malformed HELP or TYPE line'],
    ['# TYPE m gauge\nm 1\n# HELP m late\n', 'line 3: HELP of m after its samples'],
    ['# TYPE m gauge\nm 1\nm 2\n', 'line 3: duplicate series of m'],
    ['# TYPE m gauge\nm{a="1"} 1\nm{b="1"} 1\n', 'line 3: m lacks label a'],
    ['# TYPE m gauge\nm{a="1"} 1\nm 1\n', 'line 3: labels of m differ within the family'],
    ['# TYPE m gauge\n# TYPE n gauge\nn 1\nm 1\n', 'line 4: family m continues after another family'],
    ['# TYPE m gauge\nm 0x10\n', 'line 2: expected one value after m'],
    ['# TYPE m gauge\nm 1 1700000000000\n', 'line 2: expected one value after m'],
    ['# TYPE m gauge\nm{a="1"}1\n', 'line 2: expected one value after m'],
    ['# TYPE m gauge\nm{a=1} 1\n', 'line 2: malformed value of label a'],
    ['# TYPE m gauge\nm{a="1",a="2"} 1\n', 'line 2: label a twice'],
    ['# TYPE m gauge\nm{1="1"} 1\n', 'line 2: no label name in m'],
    ['# TYPE m gauge\n{a="1"} 1\n', 'line 2: no metric name'],
  ])('refuses %j', (text, message) => {
    expect(() => parseExposition(text)).toThrow(message);
  });
});
