import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shellCommand } from '../psql-command.ts';
import { configFact, healthyText } from './haproxy.fixture.ts';
import {
  configModeEvidence,
  findDirectives,
  findProxy,
  findValue,
  haproxyTimeMs,
  sectionEvidence,
  sectionsOf,
  serversOf,
} from './haproxy-sections.ts';

let folder = '';
let path = '';
const expected = { en: 'x', zh: '某' };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pgattest it's "));
  path = join(folder, 'haproxy.cfg');
  writeFileSync(path, text, { mode: 0o640 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = `${healthyText}listen secret
\tbind :1   # open
  http-check send hdr Authorization hunter2
  timeout client 5s
`;

test('the printed commands print what the evidence says they do', () => {
  const config = configFact(text, { path });
  const all = sectionsOf(config).flatMap((placed) => [
    ...sectionEvidence(config, placed, ['option', 'timeout client', 'server'], expected),
    ...sectionEvidence(config, placed, ['bind'], expected),
    ...sectionEvidence(config, placed, ['http-check'], expected),
  ]);
  expect(all.length).toBeGreaterThan(20);
  expect(all.map(({ actual }) => actual).join('\n')).not.toContain('hunter2');
  for (const { shell, actual } of all) {
    const printed = execFileSync('/bin/sh', ['-c', `${shellCommand(shell, {})} || true`]).toString();
    expect(printed.replace(/\n$/u, '')).toBe(actual);
  }
});

test('the printed modes are those of the files', () => {
  const [user = ''] = execFileSync('stat', ['-c', '%U %G', path]).toString().trim().split(' ');
  const { actual, shell } = configModeEvidence(configFact(text, { path, owner: user, group: user }), expected);
  expect(execFileSync('/bin/sh', ['-c', shell]).toString().trimEnd()).toBe(actual);
});

test('what a section does not say, its defaults say', () => {
  const config = configFact(
    'defaults a\n timeout client 1s\ndefaults\n timeout client 2s\nlisten x from a\nlisten y\nlisten z\n timeout client 3s\n',
  );
  const said = ['x', 'y', 'z'].map((name) => {
    const proxy = findProxy(config, name);
    return proxy === undefined ? [] : findDirectives(config, proxy, 'timeout client').map(({ words }) => words[2]);
  });
  expect(said).toEqual([['1s'], ['2s'], ['3s']]);
});

test('a server takes what default-server says, unless it says so itself', () => {
  const config = configFact('listen x\n default-server inter 2s fall 3\n server a 10.0.0.1:1 check inter 5s\n');
  const proxy = findProxy(config, 'x');
  const [server] = proxy === undefined ? [] : serversOf(config, proxy);
  expect([findValue(server?.words ?? [], 'inter'), findValue(server?.words ?? [], 'fall')]).toEqual(['5s', '3']);
});

test.each([
  ['2s', 2000],
  ['500ms', 500],
  ['500', 500],
  ['1d', 86_400_000],
  ['5x', undefined],
])('%s is %s ms', (word, ms) => {
  expect(haproxyTimeMs(word)).toBe(ms);
});
