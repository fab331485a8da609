import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCollectorFile } from './read-file.ts';
import { toCollectors } from './to-collectors.ts';

/** A branch with the given lines instead of, or besides, the least it needs. */
function branch(...lines: readonly string[]): string {
  const has = (key: string): boolean => lines.some((line) => line.startsWith(`${key}:`));
  return [
    'pg_x:',
    ...(has('query') ? [] : ['query: SELECT 1 AS v']),
    ...lines,
    ...(has('metrics') ? [] : ['metrics: [{v: {usage: GAUGE}}]']),
  ]
    .join('\n  ')
    .concat('\n');
}

/** `line:column code`, one for each problem. */
function problems(text: string): readonly string[] {
  return readCollectorFile(text, 'c.yml').diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

function only(text: string): ReturnType<typeof toCollectors>[number] {
  const { branches, diagnostics } = readCollectorFile(text, 'c.yml');
  expect(diagnostics).toEqual([]);
  const [collector, ...more] = toCollectors(branches ?? []);
  expect(more).toEqual([]);
  if (collector === undefined) throw new Error('no collector');
  return collector;
}

function metricWith(fields: string): object {
  return only(branch(`metrics: [{v: {usage: GAUGE, ${fields}}}]`)).metrics['v'] ?? {};
}

describe('config-format 2: YAML as yaml.v3 reads it', () => {
  test('an empty and a comment-only file are valid and hold no branch', () => {
    expect(readCollectorFile('', 'c.yml')).toEqual({ branches: [], diagnostics: [] });
    expect(readCollectorFile('# nothing\n---\n', 'c.yml')).toEqual({ branches: [], diagnostics: [] });
  });

  test('only the first document counts, and the others are mentioned', () => {
    const { branches, diagnostics } = readCollectorFile(`${branch()}---\npg_y: 1\n`, 'c.yml');
    expect(branches?.map(({ key }) => key)).toEqual(['pg_x']);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['more-documents', 'warning']]);
  });

  test('unknown keys are ignored, but told with the nearest known one', () => {
    const { branches, diagnostics } = readCollectorFile(branch('tll: 10'), 'c.yml');
    expect(branches).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      severity: 'warning',
      line: 3,
      column: 3,
      key: 'pg_x.tll',
      remedy: 'did you mean ttl?',
    });
  });

  test('a text without quotes that a comma cuts off, as in files that pg_exporter ships, is no more than a note', () => {
    const { branches, diagnostics } = readCollectorFile(
      branch('metrics: [{v: { usage: GAUGE ,description: How long (oldest) it waited, in seconds, key metric }}]'),
      'c.yml',
    );
    expect(branches?.[0]?.columns[0]?.help).toBe('How long (oldest) it waited');
    expect(diagnostics.map(({ severity, code, key }) => [severity, code, key])).toEqual([
      ['note', 'text-cut', 'pg_x.metrics[0].v.in seconds'],
      ['note', 'text-cut', 'pg_x.metrics[0].v.key metric'],
    ]);
  });

  test('duplicate keys are an error', () => {
    expect(problems(branch('ttl: 1', 'ttl: 2'))).toEqual(['4:3 duplicate-key']);
    expect(problems(branch() + branch())).toEqual(['4:1 duplicate-key']);
  });

  test.each([
    ['ttl: "10"', '3:8 wrong-type'],
    ['tags: foo', '3:9 wrong-type'],
    ['tags: [[a]]', '3:9 wrong-type'],
    ['fatal: 1', '3:10 wrong-type'],
    ['fatal: "true"', '3:10 wrong-type'],
    ['priority: high', '3:13 wrong-type'],
    ['min_version: .inf', '3:16 wrong-type'],
    ['ttl: .nan', '3:8 not-finite'],
    ['name: [a]', '3:9 wrong-type'],
    ['metrics: {v: {usage: GAUGE}}', '3:12 wrong-type'],
    ['predicate_queries: SELECT true', '3:22 wrong-type'],
    ['predicate_queries: [SELECT true]', '3:23 wrong-type'],
  ])('the type mismatch %s is an error', (line, problem) => {
    expect(problems(branch(line))).toEqual([problem]);
  });

  test.each(['yes', 'on', 'Y', 'true', 'TRUE', '"on"'])(
    'the YAML 1.1 boolean %s is true for a boolean field',
    (word) => {
      expect(only(branch(`fatal: ${word}`)).fatal).toBe(true);
    },
  );
  test.each(['no', 'off', 'N', 'false', '~', ''])('%s is false for a boolean field', (word) => {
    expect(only(branch(`fatal: ${word}`)).fatal).toBeUndefined();
  });

  test('anchors and merge keys work, and own keys win over merged ones', () => {
    const text = [
      'pg_x:',
      '  <<: &base {query: SELECT 1 AS v, ttl: 5, metrics: [{v: &v {usage: GAUGE}}]}',
      '  ttl: 7',
      'pg_y: {<<: [*base], metrics: [{v: *v}]}',
    ].join('\n');
    const collectors = toCollectors(readCollectorFile(text, 'c.yml').branches ?? []);
    expect(collectors.map(({ id, cacheSeconds }) => [id, cacheSeconds])).toEqual([
      ['pg_x', 7],
      ['pg_y', 5],
    ]);
  });

  test('a top-level anchor holder is itself a branch, and fails', () => {
    expect(problems(`base: &base {ttl: 5}\n${branch('<<: *base')}`)).toEqual(['1:1 blank-query', '1:1 no-metrics']);
  });

  test('an alias that contains itself, an unknown one and a bad merge are errors, not endless loops', () => {
    expect(problems('a: &a [*a]\nb: 1')).toEqual(['1:8 too-deep']);
    const tenfold = Array.from(
      { length: 9 },
      (_, at) => `b${at + 1}: &b${at + 1} [${Array(10).fill(`*b${at}`).join(', ')}]`,
    );
    expect(problems(`b0: &b0 [x]\n${tenfold.join('\n')}`)).toEqual([expect.stringContaining('too-deep')]);
    expect(problems('a: &a {query: *a}')).toEqual([expect.stringContaining('too-deep')]);
    expect(problems(branch('<<: *nowhere'))).toEqual(['3:7 yaml-syntax']);
    expect(problems(branch('<<: 5'))).toEqual(['3:7 yaml-syntax']);
  });

  test.each([
    ['010500', 10500, ['3:16 octal-looking']],
    ['090600', 90600, []],
    ['100000', 100000, []],
    ['100_000', 100000, []],
    ['1e5', 100000, []],
    ['0x186A0', 100000, []],
    ['100000.7', 100000, ['3:16 fraction-dropped']],
    ['0', undefined, []],
    ['', undefined, []],
  ])('min_version %s means %j, with a warning where pg_exporter reads octal', (text, since, expected) => {
    const read = readCollectorFile(branch(`min_version: ${text}`), 'c.yml');
    expect(read.branches?.[0]?.since).toBe(since);
    expect(read.diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(expected);
  });

  test('scale and default keep the text of the scalar: 0 and 1e-3 are set, empty and null are not', () => {
    expect(metricWith('scale: 1e-3, default: 0')).toMatchObject({ scale: 0.001, default: 0 });
    expect(metricWith('scale: "1e-3", default: Inf')).toMatchObject({ scale: 0.001, default: Infinity });
    expect(Object.keys(metricWith('scale: , default: ~'))).not.toContain('scale');
    expect(Object.keys(metricWith('scale: "", default: ""'))).not.toContain('default');
  });

  test('broken YAML is named with its place, tabs with a remedy', () => {
    expect(problems('pg_x: [')).toEqual(['1:8 yaml-syntax']);
    const [tab] = readCollectorFile('pg_x:\n\tquery: a\n', 'c.yml').diagnostics;
    expect(tab).toMatchObject({ line: 2, code: 'yaml-syntax', remedy: 'indent with spaces' });
  });

  test('CRLF and a byte order mark do no harm', () => {
    expect(only(`\uFEFF${branch('ttl: 3').replaceAll('\n', '\r\n')}`).cacheSeconds).toBe(3);
  });

  test('no text at all makes the reader throw', () => {
    const words = [
      'pg_x:',
      '  query: ',
      '\n',
      ' ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '<<: ',
      '!!int ',
      '"',
      "'",
      '|',
      '~',
      '#',
      ',',
      '0x',
      'usage: ',
      'metrics:',
      'bucket: ',
      '---\n',
      '\t',
      '%',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 3 })), { maxLength: 40 }),
        (parts) => {
          const { branches, diagnostics } = readCollectorFile(parts.join(''), 'c.yml');
          const isRejected = diagnostics.some(({ severity }) => severity === 'error');
          expect(branches === undefined).toBe(isRejected);
          for (const { line, column, message, remedy } of diagnostics) {
            expect(Math.min(line, column)).toBeGreaterThan(0);
            expect(message.length * remedy.length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('a file that is no mapping is an error', () => {
    expect(problems('- pg_x')).toEqual(['1:1 wrong-type']);
    expect(problems('pg_x')).toEqual(['1:1 wrong-type']);
  });
});

describe('config-format 3: fields of a branch', () => {
  test('every field arrives', () => {
    const collector = only(`
pg_x_12:
  name: pg_x
  desc: all of it
  query: |
    SELECT 1;
  ttl: 7.5
  timeout: 2
  min_version: 120000
  max_version: 130000
  tags: [cluster, replica, 'extension:pg_stat_statements', 'schema:monitor', 'dbname:app', 'username:mon', rds, 'not:slow']
  fatal: true
  skip: true
  priority: 42
  predicate_queries:
    - {name: enabled, predicate_query: SELECT true, ttl: 60}
    - predicate_query: SELECT false
  metrics:
    - datname: {usage: LABEL, description: database}
    - a: {usage: GAUGE, rename: b, scale: 0.5, default: -1, description: help, unit: seconds}
    - c: {name: d, usage: COUNTER}
    - e: {usage: HISTOGRAM, bucket: [0.1, 1], description: spread}
    - f: {usage: DISCARD}
`);
    expect(collector).toMatchObject({
      id: 'pg_x',
      source: 'postgres',
      help: 'all of it',
      scope: 'instance',
      cacheSeconds: 7.5,
      timeoutSeconds: 2,
      fatal: true,
      skippedByDefault: true,
      priority: 42,
      requires: {
        extensions: ['pg_stat_statements'],
        schemas: ['monitor'],
        database: 'app',
        user: 'mon',
        tags: ['rds'],
        notTags: ['slow'],
      },
      predicates: [
        { name: 'enabled', sql: 'SELECT true', cacheSeconds: 60 },
        { name: '1', sql: 'SELECT false' },
      ],
      labels: { datname: 'database' },
      metrics: {
        b: { kind: 'gauge', unit: 'seconds', help: 'help', scale: 0.5, default: -1 },
        d: { kind: 'counter', unit: 'unknown', help: '' },
      },
      histograms: { e: { unit: 'unknown', help: 'spread', buckets: [0.1, 1] } },
      variants: [
        {
          branch: 'pg_x_12',
          since: 120000,
          until: 130000,
          role: 'replica',
          sql: 'SELECT 1;',
          columns: { values: { b: 'a' } },
        },
      ],
    });
  });

  test('defaults: named by its key, never cached, 0.1 s, every version, once per database', () => {
    const collector = only(branch());
    expect(collector).toMatchObject({
      id: 'pg_x',
      cacheSeconds: 0,
      timeoutSeconds: 0.1,
      priority: 0,
      scope: 'database',
    });
    expect(collector.variants).toEqual([{ branch: 'pg_x', sql: 'SELECT 1 AS v' }]);
    expect(Object.keys(collector)).not.toContain('fatal');
  });

  test.each([
    ['timeout: 0', 0.1],
    ['timeout: -1', Infinity],
    ['timeout: 0.25', 0.25],
  ])('%s gives %d seconds', (line, seconds) => {
    expect(only(branch(line)).timeoutSeconds).toBe(seconds);
  });

  test.each([
    ['primary', 'primary'],
    ['master', 'primary'],
    ['leader', 'primary'],
    ['standby', 'replica'],
    ['replica', 'replica'],
    ['slave', 'replica'],
  ])('the tag %s plans on a %s', (tag, role) => {
    expect(only(branch(`tags: [${tag}]`)).variants[0]?.role).toBe(role);
  });

  test('the tag pgbouncer makes it a collector of PgBouncer', () => {
    expect(only(branch('tags: [pgbouncer]')).source).toBe('pgbouncer');
  });

  test.each([
    ['tags: [primary, replica]'],
    ["tags: ['dbname:a', 'dbname:b']"],
    ["tags: ['username:a', 'username:b']"],
    ["tags: [slow, 'not:slow']"],
  ])('%s never runs, which is told', (line) => {
    const { branches, diagnostics } = readCollectorFile(branch(line), 'c.yml');
    expect(diagnostics.map(({ code }) => code)).toEqual(['never-planned']);
    expect(toCollectors(branches ?? [])).toEqual([]);
  });

  test.each([
    ['tags: [primray]', 'did you mean primary?'],
    ["tags: ['extention:pg_stat_statements']", 'did you mean extension:pg_stat_statements?'],
    ["tags: ['']", 'remove it'],
    ["tags: ['schema:']", 'write schema:name'],
  ])('the doubtful tag %s is told', (line, remedy) => {
    const [diagnostic] = readCollectorFile(branch(line), 'c.yml').diagnostics;
    expect(diagnostic).toMatchObject({ severity: 'warning', code: 'bad-tag', remedy });
  });

  test('max_version is exclusive: an empty range is told', () => {
    expect(problems(branch('min_version: 130000', 'max_version: 130000'))).toEqual(['4:16 empty-version-range']);
  });
});

describe('config-format 3: config-time errors reject the file', () => {
  test.each([
    ['a null branch', 'pg_x:\n', '1:1 null-branch'],
    ['a branch that is a word', 'pg_x: SELECT 1\n', '1:1 wrong-type'],
    ['a blank query', branch('query: "  "'), '2:10 blank-query'],
    ['a missing query', 'pg_x:\n  metrics: [{v: {usage: GAUGE}}]\n', '1:1 blank-query'],
    ['a negative ttl', branch('ttl: -1'), '3:8 negative-ttl'],
    ['no metrics', branch('metrics:'), '3:11 no-metrics'],
    ['an empty list of metrics', branch('metrics: []'), '3:12 no-metrics'],
    ['[T] a metrics entry without key', branch('metrics: [{v: {usage: GAUGE}}, {}]'), '3:34 not-one-key'],
    ['a null metrics entry', branch('metrics: [{v: {usage: GAUGE}}, ~]'), '3:34 not-one-key'],
    [
      '[T] a metrics entry with two keys',
      branch('metrics: [{v: {usage: GAUGE}, w: {usage: GAUGE}}]'),
      '3:13 not-one-key',
    ],
    ['a null column', branch('metrics: [{v: {usage: GAUGE}}, {w: }]'), '3:35 null-column'],
    ['a missing usage', branch('metrics: [{v: {usage: GAUGE}}, {w: {rename: z}}]'), '3:35 bad-usage'],
    ['[T] an unknown usage', branch('metrics: [{v: {usage: GAUGE}}, {w: {usage: GUAGE}}]'), '3:46 bad-usage'],
    ['[T] a scale that is no number', branch('metrics: [{v: {usage: GAUGE, scale: 1ms}}]'), '3:39 bad-number'],
    ['[T] a default that is no number', branch('metrics: [{v: {usage: GAUGE, default: none}}]'), '3:41 bad-number'],
    [
      'a duplicate column',
      branch('metrics: [{v: {usage: GAUGE}}, {w: {name: v, usage: LABEL}}]'),
      '3:35 duplicate-column',
    ],
    ['no value column', branch('metrics: [{v: {usage: LABEL}}, {w: {usage: DISCARD}}]'), '3:12 no-value-column'],
    ['an invalid label name', branch('metrics: [{v: {usage: GAUGE}}, {a-b: {usage: LABEL}}]'), '3:35 bad-label-name'],
    ['a reserved label name', branch('metrics: [{v: {usage: GAUGE}}, {__a: {usage: LABEL}}]'), '3:35 bad-label-name'],
    [
      'two labels renamed to one',
      branch('metrics: [{v: {usage: GAUGE}}, {a: {usage: LABEL}}, {b: {usage: LABEL, rename: a}}]'),
      '3:56 duplicate-label',
    ],
    ['an invalid metric name', branch('metrics: [{a-b: {usage: GAUGE}}]'), '3:14 bad-metric-name'],
    ['an invalid branch name', branch('name: pg-x'), '4:14 bad-metric-name'],
    [
      'two metrics renamed to one',
      branch('metrics: [{v: {usage: GAUGE}}, {w: {usage: COUNTER, rename: v}}]'),
      '3:35 family-collision',
    ],
    [
      '[T] a metric named like the count of a histogram',
      branch('metrics: [{h: {usage: HISTOGRAM, bucket: [1]}}, {h_count: {usage: GAUGE}}]'),
      '3:52 family-collision',
    ],
    [
      '[T] a metric named like the base of a histogram',
      branch('metrics: [{h: {usage: GAUGE}}, {x: {usage: HISTOGRAM, rename: h, bucket: [1]}}]'),
      '3:35 family-collision',
    ],
    [
      '[T] a label le beside a histogram',
      branch('metrics: [{h: {usage: HISTOGRAM, bucket: [1]}}, {l: {usage: LABEL, rename: le}}]'),
      '3:52 label-le',
    ],
    ['[T] a histogram without bounds', branch('metrics: [{h: {usage: HISTOGRAM}}]'), '3:14 bad-bucket'],
    [
      '[T] a bound that is not finite',
      branch('metrics: [{h: {usage: HISTOGRAM, bucket: [1, .inf]}}]'),
      '3:44 bad-bucket',
    ],
    [
      '[T] bounds that do not increase strictly',
      branch('metrics: [{h: {usage: HISTOGRAM, bucket: [1, 1]}}]'),
      '3:44 bad-bucket',
    ],
    ['a bound in words', branch('metrics: [{h: {usage: HISTOGRAM, bucket: [1, ten]}}]'), '3:44 bad-bucket'],
    ['a blank predicate', branch('predicate_queries: [{predicate_query: " "}]'), '3:41 blank-query'],
    [
      'a predicate with a negative ttl',
      branch('predicate_queries: [{predicate_query: SELECT true, ttl: -1}]'),
      '3:59 negative-ttl',
    ],
  ])('%s', (_name, text, problem) => {
    expect(problems(text)).toEqual([problem]);
    expect(readCollectorFile(text, 'c.yml').branches).toBeUndefined();
  });

  test('[T] usage is trimmed and its case does not matter', () => {
    expect(only(branch('metrics: [{v: {usage: " gauge "}}, {d: {usage: label}}]'))).toMatchObject({
      labels: { d: '' },
      metrics: { v: { kind: 'gauge' } },
    });
  });

  test('[T] a label le is fine in a branch of scalars', () => {
    expect(Object.keys(only(branch('metrics: [{v: {usage: GAUGE}}, {le: {usage: LABEL}}]')).labels)).toEqual(['le']);
  });

  test('all problems of a file are told, not the first', () => {
    expect(problems(`a:\n${branch('ttl: -1', 'fatal: maybe')}`)).toEqual([
      '1:1 null-branch',
      '4:8 negative-ttl',
      '5:10 wrong-type',
    ]);
  });

  test('what is only doubtful is a warning', () => {
    expect(
      problems(branch('metrics: [{v: {usage: GAUGE, bucket: [1], unit: secnds}}, {l: {usage: LABEL, scale: 2}}]')),
    ).toEqual(['3:40 ignored-key', '3:51 bad-unit', '3:87 ignored-key']);
    expect(problems(branch('query: SELECT {{ pg_x }}'))).toEqual(['2:10 template-token']);
  });
});
