import { expect, test } from 'vitest';
import { backrestEnvironment } from './environment.ts';
import { classOfExit, classOfRepositoryError, oneLine } from './failure.ts';
import { parseBackrestVersion } from './version.ts';

test.each([
  [41, "ERROR: [041]: unable to open file '/etc/pgbackrest.conf' for read: [13] Permission denied", 'permission'],
  [55, "ERROR: [055]: unable to open missing file 'x' for read", 'missing'],
  [29, 'ERROR: [029]: ini section should end with ] at line 1', 'config'],
  [31, "ERROR: [031]: option 'bogus' not valid for command 'info'", 'config'],
  [50, 'ERROR: [050]: unable to acquire lock on file', 'lock'],
  [62, 'ERROR: [062]: stop file exists for all stanzas', 'stopped'],
  [95, 'ERROR: [095]: unable to flush', 'cipher'],
  [49, 'ERROR: [049]: unable to connect', 'connection'],
  [122, 'ERROR: [122]: something', 'other'],
] as const)('exit %i is told as %s', (code, text, failureClass) => {
  expect(classOfExit(code, text)).toBe(failureClass);
});

test.each([
  ["[PathOpenError] unable to list file info for path '/b': [13] Permission denied", 'none', 'permission'],
  ['[FileMissingError] unable to load info file', 'none', 'missing'],
  ['[CryptoError] cipher header invalid', 'aes-256-cbc', 'cipher'],
  ['[FormatError] unable to load: key/value found outside of section at line 1: ??', 'aes-256-cbc', 'cipher'],
  ['[FormatError] key/value found outside of section at line 1: Salted__?', 'none', 'cipher'],
  ['[FormatError] key/value found outside of section at line 1: abc', 'none', 'parse'],
  ['[HostConnectError] unable to connect to host', 'none', 'connection'],
  ['[NewError] unknown to us', 'none', 'other'],
  ['', 'none', 'other'],
] as const)('a repository that says %s (cipher %s) fails for %s', (message, cipher, failureClass) => {
  expect(classOfRepositoryError(message, cipher)).toBe(failureClass);
});

test('text of others becomes one bounded line without control characters', () => {
  expect(oneLine('a\n  b\u0000\u0007c\t')).toBe('a b?c');
  expect(oneLine('x'.repeat(10_000))).toHaveLength(600);
});

test.each([
  ['pgBackRest 2.45\n', 2_045_000],
  ['pgBackRest 2.57.1', 2_057_001],
  ['pgBackRest 2.60.0dev', 2_060_000],
  ['2057000\n', 2_057_000],
  ['command not found', undefined],
  ['', undefined],
])('version %j is %j', (text, version) => {
  expect(parseBackrestVersion(text)).toBe(version);
});

test('the environment of a child has no variables of ours, of Node or of Kubernetes, but those of pgBackRest', () => {
  const env = {
    PATH: '/bin',
    PGBACKREST_REPO1_CIPHER_PASS: 'x',
    PGBACKREST_PG1_PORT: '5432',
    PGBACKREST_REPO1_STORAGE_PORT: '9000',
    PGBACKREST_SERVICE_HOST: '10.0.0.1',
    PGBACKREST_SERVICE_PORT: '1',
    PGBACKREST_PORT: 'tcp://10.0.0.1:8432',
    PGBACKREST_PORT_8432_TCP_ADDR: '10.0.0.1',
    PGBACKREST_EXPORTER_SERVICE_PORT_METRICS: '1',
    EXPORTER_PORT: '9854',
    EXPORTER_PG_URL: 'postgres://a:b@c/d',
    NODE_OPTIONS: '--inspect',
    STANZA_INCLUDE: 'a',
    PGPASSWORD: 'x',
    LC_ALL: 'de_DE',
    UNSET: undefined,
  };
  expect(backrestEnvironment(env, { name: 'postgres', home: '/var/lib/postgresql' })).toEqual({
    PATH: '/bin',
    PGBACKREST_REPO1_CIPHER_PASS: 'x',
    PGBACKREST_PG1_PORT: '5432',
    PGBACKREST_REPO1_STORAGE_PORT: '9000',
    LC_ALL: 'C',
    HOME: '/var/lib/postgresql',
    USER: 'postgres',
    LOGNAME: 'postgres',
  });
});
