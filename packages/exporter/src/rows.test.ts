import { counter, defineCollector, gauge } from '@pgattest/catalog';
import type { Column, ResultSet } from '@pgattest/connect';
import { describe, expect, test } from 'vitest';
import { InvalidResultError, MissingColumnError } from './failure.ts';
import { rowsToFamilies, type ConversionRules } from './rows.ts';

const oid = {
  bool: 16,
  int8: 20,
  text: 25,
  float8: 701,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
};

const frame = {
  source: 'postgres',
  scope: 'instance',
  help: 'A test collector',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 100,
} as const;
const spec = defineCollector({
  ...frame,
  id: 'pg_x',
  labels: { name: 'Who' },
  metrics: { value: gauge('count', 'A value'), extra: counter('count', 'Another value') },
  variants: [{ branch: 'pg_x', sql: '', omits: ['extra'] }],
});
const [variant] = spec.variants;

function convert(columns: readonly Column[], ...rows: readonly (readonly (string | null)[])[]) {
  const result: ResultSet = { columns, rows };
  if (variant === undefined) throw new Error('spec has a variant');
  return rowsToFamilies(spec, variant, result);
}
const column = (name: string, typeOid: number): Column => ({ name, typeOid });
const valueOf = (typeOid: number, text: string | null) =>
  convert([column('name', oid.text), column('value', typeOid)], ['a', text]).families[0]?.samples[0]?.value;
const labelOf = (typeOid: number, text: string | null) =>
  convert([column('name', typeOid), column('value', oid.int8)], [text, '1']).families[0]?.samples[0]?.labels[0];

describe('values', () => {
  test.each<[string, number, string | null, number]>([
    ['a whole number', oid.int8, '42', 42],
    ['a numeric', oid.numeric, '0.125', 0.125],
    ['a numeric NaN', oid.numeric, 'NaN', Number.NaN],
    ['an infinite float', oid.float8, '-Infinity', -Infinity],
    ['true', oid.bool, 't', 1],
    ['false', oid.bool, 'f', 0],
    ['a number in a text column', oid.text, '1e3', 1000],
    ['a timestamp with time zone', oid.timestamptz, '2026-11-21 20:33:19.999+08', 1795264399],
    ['a half-hour zone', oid.timestamptz, '2026-11-21 20:33:19-03:30', 1795305799],
    ['a timestamp before 1970, rounded down', oid.timestamptz, '1969-12-31 23:59:58.5+00', -2],
    ['a timestamp without time zone, read as UTC', oid.timestamp, '2026-11-21 20:33:19', 1795293199],
    ['a date', oid.date, '1970-01-02', 86400],
    ['a date before Christ', oid.date, '0001-01-01 BC', -62167219200],
    ['an infinite timestamp', oid.timestamptz, 'infinity', Infinity],
    ['NULL', oid.int8, null, Number.NaN],
    ['an LSN', oid.text, '0/16B3748', Number.NaN],
  ])('%s', (_what, typeOid, text, expected) => {
    expect(valueOf(typeOid, text)).toBe(expected);
  });

  test('text that is no number is counted by column; NULL is not', () => {
    const columns = [column('name', oid.text), column('value', oid.text)];
    expect(convert(columns, ['a', 'x'], ['b', null], ['c', '']).unreadable).toEqual({ value: 2 });
  });
});

describe('labels', () => {
  test.each<[string, number, string | null, string]>([
    ['text as it is', oid.text, 'a "b"\n', 'a "b"\n'],
    ['NULL is the empty text', oid.text, null, ''],
    ['bool in words', oid.bool, 't', 'true'],
    ['a large float as Go writes it', oid.float8, '1000000', '1e+06'],
    ['a timestamp as unix seconds', oid.timestamptz, '1970-01-01 00:01:00.7+00', '60'],
    ['an infinite timestamp as the server writes it', oid.timestamptz, '-infinity', '-infinity'],
  ])('%s', (_what, typeOid, text, expected) => {
    expect(labelOf(typeOid, text)).toBe(expected);
  });
});

describe('shape', () => {
  const columns = [column('name', oid.text), column('value', oid.int8), column('unused', oid.text)];

  test('names, help, type and labels come from the collector; other columns and omitted metrics are left out', () => {
    expect(convert(columns, ['a', '1', 'z'])).toEqual({
      families: [
        {
          name: 'pg_x_value',
          kind: 'gauge',
          help: 'A value',
          labelNames: ['name'],
          samples: [{ labels: ['a'], value: 1 }],
        },
      ],
      unreadable: {},
      missing: [],
      cut: 0,
      samples: 1,
    });
  });

  test('no rows are no samples, not a failure', () => {
    expect(convert(columns)).toMatchObject({ samples: 0, families: [{ samples: [] }] });
  });

  test('of two columns of one name the later one counts', () => {
    const twice = [...columns, column('value', oid.int8)];
    expect(convert(twice, ['a', '1', 'z', '2']).families[0]?.samples[0]?.value).toBe(2);
  });

  test.each(['name', 'value'])('a missing column %s is an error that names it, even without rows', (missing) => {
    const some = columns.filter(({ name }) => name !== missing);
    expect(() => convert(some)).toThrow(MissingColumnError);
    expect(() => convert(some)).toThrow(`result of pg_x (branch pg_x) has no column ${missing}`);
  });
});

describe('columns of users', () => {
  const columns = [
    column('who', oid.text),
    column('n', oid.int8),
    column('at', oid.timestamptz),
    column('ok', oid.bool),
  ];
  const rich = defineCollector({
    ...frame,
    id: 'my_x',
    labels: { name: 'Who' },
    metrics: {
      value: { kind: 'gauge', unit: 'unknown', help: 'A value', scale: 0.5, default: 8 },
      time: { kind: 'gauge', unit: 'unknown', help: 'A time', scale: 10 },
      flag: { kind: 'gauge', unit: 'unknown', help: 'A flag', scale: 10 },
    },
    variants: [
      {
        branch: 'my_x',
        sql: '',
        columns: { labels: { name: 'who' }, values: { value: 'n', time: 'at', flag: 'ok' } },
      },
    ],
  });
  const [first] = rich.variants;
  const convertRich = (given: readonly Column[], rows: ResultSet['rows'], maxSeries?: number) => {
    if (first === undefined) throw new Error('spec has a variant');
    return rowsToFamilies(rich, first, { columns: given, rows }, maxSeries === undefined ? {} : { maxSeries });
  };
  const epoch = '1970-01-01 00:00:07+00';

  test('are found by their own names and scaled, but times and booleans are not [T]', () => {
    const { families } = convertRich(columns, [['a', '4', epoch, 't']]);
    expect(families.map(({ name, samples }) => [name, samples[0]?.labels, samples[0]?.value])).toEqual([
      ['my_x_value', ['a'], 2],
      ['my_x_time', ['a'], 7],
      ['my_x_flag', ['a'], 1],
    ]);
  });

  test('NULL is the default, scaled, and NaN without one', () => {
    const { families } = convertRich(columns, [['a', null, null, null]]);
    expect(families.map(({ samples }) => samples[0]?.value)).toEqual([4, Number.NaN, Number.NaN]);
  });

  test('a missing metric column costs that metric and is named', () => {
    const { families, missing } = convertRich(columns.slice(0, 2), [['a', '4']]);
    expect(families.map(({ name }) => name)).toEqual(['my_x_value']);
    expect(missing).toEqual(['time', 'flag']);
  });

  test('rows beyond the limit of series are cut and counted', () => {
    const rows = ['a', 'b', 'c'].map((name) => [name, '1', epoch, 't']);
    const { samples, cut } = convertRich(columns, rows, 6);
    expect([samples, cut]).toEqual([6, 3]);
  });
});

describe('histograms', () => {
  const distribution = defineCollector({
    ...frame,
    id: 'my_h',
    labels: { name: 'Who' },
    metrics: {},
    histograms: { age: { unit: 'seconds', help: 'Age', buckets: [1, 10], scale: 2 } },
    variants: [{ branch: 'my_h', sql: '' }],
  });
  const [first] = distribution.variants;
  const observe = (...rows: ResultSet['rows']) => {
    if (first === undefined) throw new Error('spec has a variant');
    const columns = [column('name', oid.text), column('age', oid.float8)];
    return rowsToFamilies(distribution, first, { columns, rows }).families;
  };

  test('count observations per label tuple into cumulative buckets, with +Inf, count and sum', () => {
    const families = observe(['b', '0.5'], ['a', '-3'], ['b', '4'], ['b', '7'], ['c', null]);
    expect(
      families.map(({ name, kind, help, samples }) => [
        `${name} ${kind} ${help}`,
        ...samples.map(({ labels, value }) => `${labels.join(' ')} ${value}`),
      ]),
    ).toEqual([
      ['my_h_age_bucket gauge Age (cumulative bucket)', 'a 1 1', 'a 10 1', 'a +Inf 1', 'b 1 1', 'b 10 2', 'b +Inf 3'],
      ['my_h_age_count gauge Age (observation count)', 'a 1', 'b 3'],
      ['my_h_age_sum gauge Age (observation sum)', 'a -6', 'b 23'],
    ]);
  });

  test.each(['NaN', 'Infinity', 'x'])('an observation of %s fails the collector as a whole', (text) => {
    expect(() => observe(['a', '1'], ['a', text])).toThrow(InvalidResultError);
  });

  test('a missing column is an error', () => {
    if (first === undefined) throw new Error('spec has a variant');
    const result = { columns: [column('name', oid.text)], rows: [] };
    expect(() => rowsToFamilies(distribution, first, result)).toThrow(MissingColumnError);
  });
});

describe('what an operator decides about values', () => {
  const [first] = spec.variants;
  const columns = [column('name', oid.text), column('value', oid.timestamptz)];
  const convertBy = (rules: ConversionRules, ...rows: ResultSet['rows']) => {
    if (first === undefined) throw new Error('spec has a variant');
    return rowsToFamilies(spec, first, { columns, rows }, rules).families[0]?.samples;
  };

  test('NULL gives no sample when samples of NULL are left out, and what has a value stays', () => {
    const rows: ResultSet['rows'] = [
      ['a', null],
      ['b', '1970-01-01 00:00:07+00'],
    ];
    expect(convertBy({ omitsNull: true }, ...rows)).toEqual([{ labels: ['b'], value: 7 }]);
    expect(convertBy({}, ...rows)).toHaveLength(2);
  });

  test('text that is no number stays NaN when samples of NULL are left out', () => {
    expect(convertBy({ omitsNull: true }, ['a', 'soon'])).toEqual([{ labels: ['a'], value: Number.NaN }]);
  });

  test.each([
    ['2026-11-21 20:33:19.123456+00', 1795293199.123456],
    ['1969-12-31 23:59:58.5+00', -1.5],
    ['1970-01-01 00:00:07+00', 7],
    ['infinity', Infinity],
  ])('the time %s keeps its fraction when fractions are kept', (text, value) => {
    expect(convertBy({ keepsFractions: true }, ['a', text])?.[0]?.value).toBe(value);
  });

  test('a time that is a label is whole seconds even then', () => {
    const both = [column('name', oid.timestamptz), column('value', oid.int8)];
    const [variant1] = spec.variants;
    if (variant1 === undefined) throw new Error('spec has a variant');
    const result = { columns: both, rows: [['1970-01-01 00:00:07.9+00', '1']] };
    const { families } = rowsToFamilies(spec, variant1, result, { keepsFractions: true });
    expect(families[0]?.samples[0]?.labels).toEqual(['7']);
  });
});
