import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConnectError } from '../errors.ts';
import { splitConfigLine } from './config-words.ts';
import { parseHaproxyConfig } from './config.ts';

const captured = readFileSync(new URL('fixtures/haproxy.cfg', import.meta.url), 'utf8');

describe('a line', () => {
  test.each([
    ['  bind 127.0.0.1:5433  # clients', ['bind', '127.0.0.1:5433']],
    ['# nothing', []],
    [String.raw`http-check send meth GET uri /a\ b\#c`, ['http-check', 'send', 'meth', 'GET', 'uri', '/a b#c']],
    [`log-format "%ci # '%cp'" '"a\\'`, ['log-format', `%ci # '%cp'`, '"a\\']],
    ['log "${LOG_TARGET}" local0', ['log', '${LOG_TARGET}', 'local0']],
    [String.raw`x \x41\t`, ['x', 'A\t']],
    ['desc ""', ['desc', '']],
  ])('%j is split as HAProxy does', (line, words) => {
    expect(splitConfigLine(line)).toEqual({ ok: true, words });
  });

  test('any words, each in strong quotes, come back as they were', () => {
    const word = fc.string().map((text) => text.replaceAll(/['\n\r]/gu, ''));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const line = words.map((text) => `'${text}'`).join(' ');
        expect(splitConfigLine(line)).toEqual({ ok: true, words });
      }),
    );
  });
});

test('the file of the lab has its sections, with the lines they take', () => {
  const { sections, isConditional } = parseHaproxyConfig(captured);
  expect(isConditional).toBe(false);
  expect(sections.map(({ kind, name, line, endLine }) => [kind, name, line, endLine])).toMatchInlineSnapshot(`
    [
      [
        "global",
        null,
        1,
        5,
      ],
      [
        "defaults",
        null,
        6,
        15,
      ],
      [
        "listen",
        "admin",
        16,
        23,
      ],
      [
        "listen",
        "pg-test-primary",
        24,
        33,
      ],
      [
        "listen",
        "pg-test-replica",
        34,
        43,
      ],
      [
        "listen",
        "pg-test-default",
        44,
        53,
      ],
      [
        "listen",
        "pg-test-offline",
        54,
        63,
      ],
    ]
  `);
  const primary = sections.find(({ name }) => name === 'pg-test-primary');
  expect(primary?.directives.find(({ words }) => words[0] === 'server')?.words).toEqual([
    'server',
    'n1',
    '127.0.0.11:6432',
    'check',
    'port',
    '8008',
  ]);
});

test('defaults may be named, and a section may say which it takes', () => {
  const { sections } = parseHaproxyConfig(
    'defaults tcp\n  mode tcp\nlisten a from tcp\n  bind :1\ndefaults from tcp\n',
  );
  expect(sections.map(({ kind, name, from }) => [kind, name, from])).toEqual([
    ['defaults', 'tcp', null],
    ['listen', 'a', 'tcp'],
    ['defaults', null, 'tcp'],
  ]);
});

test.each([
  ['listen a\n  log "x\n', 'haproxy.cfg line 2: a quote (") is not closed'],
  ['mode tcp\n', 'haproxy.cfg line 1: "mode" stands before the first section'],
  ['global\n  a \\', 'haproxy.cfg line 2: it ends in a backslash'],
])('%j is refused with its line', (text, message) => {
  expect(() => parseHaproxyConfig(text)).toThrow(message);
});

test('conditions are seen', () => {
  expect(parseHaproxyConfig('.if defined(X)\nglobal\n.endif\n').isConditional).toBe(true);
});

test.each([
  ['listen a\n stats auth admin:hunter2:x', 'stats auth admin:***'],
  ['userlist u\n user bob insecure-password hunter2 groups a', 'user bob insecure-password *** groups a'],
  ['userlist u\n user bob password $6$hunter2', 'user bob password ***'],
  ['global\n setenv API_TOKEN hunter2', 'setenv API_TOKEN ***'],
  [
    'backend b\n http-check send meth GET hdr Authorization "Basic hunter2"',
    'http-check send meth GET hdr Authorization ***',
  ],
  ['backend b\n http-request set-header X-Api-Key hunter2', 'http-request set-header X-Api-Key ***'],
  ['frontend f\n acl ok req.hdr(authorization) -m str "Basic hunter2"', 'acl ok req.hdr(authorization) -m str ***'],
  [
    'backend b\n option httpchk GET / "HTTP/1.1\\r\\nAuthorization: Basic hunter2"',
    'option httpchk GET / HTTP/1.1\r\nAuthorization: Basic ***',
  ],
])('the secret of %j is not kept', (text, kept) => {
  const [directive] = parseHaproxyConfig(text).sections[0]?.directives ?? [];
  expect(directive).toMatchObject({ line: 2, text: kept, isRedacted: true });
  expect(JSON.stringify(directive)).not.toContain('hunter2');
});

test('any text gives sections or an error with a line', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ' ', '\n', '"', "'", '\\', '#', 'global\n', 'listen x\n') }),
      (text) => {
        expect(refusalOf(text)).toMatch(/^$|line \d+: /u);
      },
    ),
  );
});

/** What the parser says of a text it refuses; nothing when it reads it. */
function refusalOf(text: string): string {
  try {
    parseHaproxyConfig(text);
    return '';
  } catch (error) {
    return error instanceof ConnectError ? error.message : 'no error of ours';
  }
}
