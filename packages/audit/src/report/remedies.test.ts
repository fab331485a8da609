import { execFileSync } from 'node:child_process';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { checks } from '../checks/index.ts';
import { remediesOf } from './remedies.ts';

test('a setting that SQL changes comes also as Patroni and Pigsty take it', () => {
  const fix = [`ALTER SYSTEM SET ssl_min_protocol_version = 'TLSv1.2'`, 'SELECT pg_reload_conf()'];
  expect(remediesOf(fix)).toEqual({
    steps: [{ tool: 'sql', lines: fix }],
    managed: [
      { tool: 'patroni', lines: ['patronictl edit-config {cluster} --pg ssl_min_protocol_version=TLSv1.2'] },
      {
        tool: 'pigsty',
        lines: [`pg_parameters: { ssl_min_protocol_version: 'TLSv1.2' }`, './pgsql.yml -l {cluster} -t pg_param'],
      },
    ],
  });
});

test('several settings are one command and one entry, as a second entry would replace the first', () => {
  const fix = ['ALTER SYSTEM SET credcheck.password_min_length = 8', `ALTER SYSTEM SET log_connections = 'on'`];
  const [patroni, pigsty] = remediesOf(fix).managed;
  expect(patroni?.lines).toEqual([
    'patronictl edit-config {cluster} --pg credcheck.password_min_length=8 --pg log_connections=on',
  ]);
  expect(parse(pigsty?.lines[0] ?? '')).toEqual({
    pg_parameters: { 'credcheck.password_min_length': '8', log_connections: 'on' },
  });
});

test('a value with blanks and signs of the shell or of YAML arrives as it is', () => {
  const value = `%m [%p] it's $HOME, a: "b" `;
  const [patroni, pigsty] = remediesOf([`ALTER SYSTEM SET log_line_prefix = '${value.replace("'", "''")}'`]).managed;
  const words = patroni?.lines[0]?.replace(/^patronictl edit-config \{cluster\} --pg /u, '') ?? '';
  expect(execFileSync('sh', ['-c', `printf %s ${words}`], { encoding: 'utf8' })).toBe(`log_line_prefix=${value}`);
  expect(parse(pigsty?.lines[0] ?? '')).toEqual({ pg_parameters: { log_line_prefix: value } });
});

test('a list of values is one value, as a configuration file takes it', () => {
  const [patroni] = remediesOf([
    `ALTER SYSTEM SET shared_preload_libraries = '{existing libraries}', 'pgaudit'`,
  ]).managed;
  expect(patroni?.lines).toEqual([
    `patronictl edit-config {cluster} --pg 'shared_preload_libraries={existing libraries}, pgaudit'`,
  ]);
});

test.each([
  ['a default comes back by taking the setting out', 'ALTER SYSTEM RESET fsync', ['--pg fsync=null']],
  [
    'what Patroni puts on the command line only it can change',
    'ALTER SYSTEM SET max_connections = {number}',
    [`--pg 'max_connections={number}'`],
  ],
  ['what Patroni computes is nothing to set there', `ALTER SYSTEM SET listen_addresses = '10.0.0.1'`, []],
  ['all settings at once are nothing to repeat', 'ALTER SYSTEM RESET ALL', []],
] as const)('%s', (_, line, words) => {
  expect(remediesOf([line]).managed).toEqual(
    words.map((word) => ({ tool: 'patroni', lines: [`patronictl edit-config {cluster} ${word}`] })),
  );
});

test('a command of Patroni that the fix has is not said twice', () => {
  const fix = ['ALTER SYSTEM RESET {setting}', 'patronictl edit-config {cluster} --pg {setting}=null'];
  expect(remediesOf(fix).managed).toEqual([]);
});

test.each([
  [['patronictl edit-config {cluster} -s ttl=30'], ['patroni']],
  [['etcdctl defrag'], ['etcd']],
  [['pgbackrest --stanza={stanza} check'], ['pgbackrest']],
  [['pgattest drill restore --stanza {stanza}'], ['pgattest']],
  [['pigsty.yml: pgbackrest_method: minio'], ['pigsty']],
  [
    ['max_db_connections = {number}', 'RELOAD'],
    ['file', 'pgbouncer'],
  ],
  [['chmod 0600 {file}', 'systemctl restart etcd'], ['host']],
  [
    ['hostssl all all {network} scram-sha-256', 'SELECT pg_reload_conf()'],
    ['file', 'sql'],
  ],
  [[String.raw`\password {role}`, 'REVOKE {role} FROM {other}'], ['sql']],
  [
    ['SELECT 1', 'passwd -l postgres', 'SELECT 2'],
    ['sql', 'host', 'sql'],
  ],
] as const)('%j are steps for %j, in their order', (fix, tools) => {
  expect(remediesOf(fix).steps.map(({ tool }) => tool)).toEqual(tools);
});

test('every line of every check is a step, in its order', () => {
  for (const { fix } of checks) expect(remediesOf(fix).steps.flatMap(({ lines }) => lines)).toEqual(fix);
});

/** A line of a file: a setting, a rule of access, an option of a service, a directive of HAProxy, a comment or a header. */
const lineOfFile =
  /^(?:[\w./-]+(?:\[\])?(?: ?=|:)|\[\w+\]|--? ?[a-zA-Z]|\{\w+\} |(?:host|local)|(?:bind|chroot|default-server|group|http-check|http-request|log|maxconn|option|server|ssl-default-bind-ciphers|stats|tcp-request|timeout|user|userlist|0 2) |clusters\[\])/u;

test('what is no line of a file is a program that remedies know', () => {
  const lines = checks.flatMap(({ fix }) => remediesOf(fix).steps.filter(({ tool }) => tool === 'file'));
  expect(lines.flatMap((remedy) => remedy.lines).filter((line) => !lineOfFile.test(line))).toEqual([]);
});
