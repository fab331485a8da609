import { describe, expect, test } from 'vitest';
import { parseEnvironmentFile, splitWords } from './environment-file.ts';

describe('an environment file is read as systemd reads it', () => {
  test('the file Pigsty writes for pg_exporter', () => {
    const text = `PG_EXPORTER_URL='postgres://dbuser_monitor:pw@:5432/postgres?sslmode=disable&host=/var/run/postgresql'
PG_EXPORTER_CONFIG=/etc/pg_exporter.yml
# PG_EXPORTER_LABEL=""
PG_EXPORTER_TAG=""
PG_EXPORTER_OPTS='--web.listen-address=:9630 --log.level=info'
`;
    expect(parseEnvironmentFile(text, 'pg_exporter')).toEqual({
      PG_EXPORTER_URL: 'postgres://dbuser_monitor:pw@:5432/postgres?sslmode=disable&host=/var/run/postgresql',
      PG_EXPORTER_CONFIG: '/etc/pg_exporter.yml',
      PG_EXPORTER_TAG: '',
      PG_EXPORTER_OPTS: '--web.listen-address=:9630 --log.level=info',
    });
  });

  test.each([
    ['A=one # two', { A: 'one # two' }],
    ['A="one \\"two\\""', { A: 'one "two"' }],
    ["A='one\\two'", { A: 'one\\two' }],
    ['A=one \\\n two\nB=x', { A: 'one  two', B: 'x' }],
    ['; comment \\\nA=1', { A: '1' }],
    ['  A = 1 ', { A: '1' }],
    ['A=1\nA=2', { A: '2' }],
    ['', {}],
  ])('%j', (text, expected) => {
    expect(parseEnvironmentFile(text, 'f')).toEqual(expected);
  });

  test('a line that is no assignment is named, and so is a quote without end; the value is not shown', () => {
    expect(() => parseEnvironmentFile('A=1\nexport B=2', 'f')).toThrow(
      'f:2: is no NAME=value; mend the line or make it a # comment',
    );
    expect(() => parseEnvironmentFile('PW="s3cret', 'f')).toThrow(
      'f:1: PW has a quote that does not end; mend the line or make it a # comment',
    );
  });
});

test.each([
  ['--a=1   --b "two words" \'x y\'', ['--a=1', '--b', 'two words', 'x y']],
  ['--label=cls="pg test"', ['--label=cls=pg test']],
  ['""', ['']],
  ['  ', []],
  ['--a "b', undefined],
])('the words of %j', (text, expected) => {
  expect(splitWords(text)).toEqual(expected);
});
