import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConnectError } from '../errors.ts';
import { parseHbaFile } from './hba-file.ts';
import { findIniSetting, parsePgbouncerIni } from './ini.ts';
import { parseUserlist } from './userlist.ts';

const optionValue = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe('pgbouncer.ini', () => {
  test('settings, databases and users, without their passwords', () => {
    const ini = parsePgbouncerIni(`; as Pigsty writes it
[databases]
%include /etc/pgbouncer/database.txt
app = host=/var/run/postgresql port=5432 dbname=app password='hunter2''s' pool_size=10
"my ""db""" = host=10.0.0.2 password=hunter2
* = host=10.0.0.3 auth_user=lookup
[users]
dbuser_dba = pool_mode=session max_user_connections=16
[pgbouncer]
auth_type = md5
# changed since
auth_type = hba
logfile =
auth_query = SELECT usename, passwd FROM f($1) WHERE a = 'b'
`);
    expect(JSON.stringify(ini)).not.toContain('hunter2');
    expect(ini.includes).toEqual(['/etc/pgbouncer/database.txt']);
    expect(ini.databases.map(({ name, line, options }) => [name, line, options])).toEqual([
      ['app', 4, { host: '/var/run/postgresql', port: '5432', dbname: 'app', password: '***', pool_size: '10' }],
      ['my "db"', 5, { host: '10.0.0.2', password: '***' }],
      ['*', 6, { host: '10.0.0.3', auth_user: 'lookup' }],
    ]);
    expect(ini.users).toEqual([
      { line: 8, name: 'dbuser_dba', options: { pool_mode: 'session', max_user_connections: '16' } },
    ]);
    expect(findIniSetting(ini, 'auth_type')).toEqual({ line: 12, key: 'auth_type', value: 'hba' });
    expect(findIniSetting(ini, 'logfile')?.value).toBe('');
    expect(findIniSetting(ini, 'auth_query')?.value).toBe("SELECT usename, passwd FROM f($1) WHERE a = 'b'");
    expect(findIniSetting(ini, 'user')).toBeUndefined();
  });

  test.each([
    ['auth_type = md5', 'line 1: it stands before the first [section]'],
    ['[pgbouncer]\nhello', 'line 2: it is neither a [section] nor key = value'],
    ['[nonsense]\na = b', 'line 2: [nonsense] is no section'],
    ["[databases]\na = host='hunter2", 'line 2: the options of "a"'],
    ['[databases]\na = hunter2', 'line 2: the options of "a"'],
  ])('%j is refused with its line, and without what stands there', (text, message) => {
    expect(() => parsePgbouncerIni(text)).toThrow(message);
    expect(() => parsePgbouncerIni(text)).not.toThrow('hunter2');
  });

  test('any option values survive quoting', () => {
    const value = fc.string().filter((text) => !/[\r\n]/u.test(text) && text.trim() === text);
    fc.assert(
      fc.property(value, value, (host, user) => {
        const { databases } = parsePgbouncerIni(
          `[databases]\nx = host=${optionValue(host)} user=${optionValue(user)}\n`,
        );
        expect(databases[0]?.options).toEqual({ host, user });
      }),
    );
  });

  test('any text gives settings or an error with a line', () => {
    const piece = fc.constantFrom('[pgbouncer]\n', '[databases]\n', 'a', '=', ' ', '\n', "'", '"', ';', '%include ');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(refusalOf(pieces.join(''))).toMatch(/^$|line \d+: /u);
      }),
    );
  });
});

describe('userlist.txt', () => {
  test('two quoted words a line; the rest is left aside, what is neither is broken', () => {
    expect(parseUserlist('"a" "SCRAM-SHA-256$4096:x" ""\n; note\n\n  "b""c" ""\nd e\n"f" "g')).toEqual({
      entries: [
        { line: 1, user: 'a', secret: 'SCRAM-SHA-256$4096:x' },
        { line: 4, user: 'b"c', secret: '' },
      ],
      brokenLines: [5, 6],
    });
  });

  test('any user and secret survive quoting', () => {
    const word = fc.string().filter((text) => !text.includes('\n'));
    fc.assert(
      fc.property(word, word, (user, secret) => {
        expect(parseUserlist(`${quoted(user)} ${quoted(secret)}\n`).entries).toEqual([{ line: 1, user, secret }]);
      }),
    );
  });
});

test('rules of an auth_hba_file', () => {
  const { rules, brokenLines } = parseHbaFile(`# TYPE DATABASE USER ADDRESS METHOD
local   pgbouncer   "postgres"            peer map=m
host    all,app     "a,b", c  10.0.0.0/8  scram-sha-256 # clients
hostssl all         all       10.1.0.0 255.255.0.0 cert
host    all         all       ::1/128     trust
nonsense
host all all
host all "open
`);
  expect(rules.map((rule): readonly unknown[] => Object.values(rule))).toEqual([
    [2, 'local', ['pgbouncer'], ['postgres'], null, null, 'peer', ['map=m']],
    [3, 'host', ['all', 'app'], ['a,b', 'c'], '10.0.0.0/8', null, 'scram-sha-256', []],
    [4, 'hostssl', ['all'], ['all'], '10.1.0.0', '255.255.0.0', 'cert', []],
    [5, 'host', ['all'], ['all'], '::1/128', null, 'trust', []],
  ]);
  expect(brokenLines).toEqual([6, 7, 8]);
});

test('any text is rules and broken lines, and nothing else', () => {
  const piece = fc.constantFrom('host ', 'local ', 'all ', '10.0.0.0/8 ', 'md5', ',', '"', '#', '\n');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const { rules, brokenLines } = parseHbaFile(pieces.join(''));
      expect(new Set([...rules.map(({ line }) => line), ...brokenLines]).size).toBe(rules.length + brokenLines.length);
    }),
  );
});

/** What the parser says of a text it refuses; nothing when it reads it. */
function refusalOf(text: string): string {
  try {
    parsePgbouncerIni(text);
    return '';
  } catch (error) {
    return error instanceof ConnectError ? error.message : 'no error of ours';
  }
}
