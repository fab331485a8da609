import { expect, test } from 'vitest';
import { ownCommand } from './own-command.ts';

const words = ['audit', 'explain', 'pg-tls-enabled/pg-demo-1'];

test.each([
  ['/clone/packages/cli/dist/bin/pgattest.js', '/clone', 'node packages/cli/dist/bin/pgattest.js audit explain'],
  ['/clone/packages/cli/dist/bin/pgattest.js', '/tmp', 'node /clone/packages/cli/dist/bin/pgattest.js audit explain'],
  ['/a b/cli/dist/bin/pgattest.js', '/tmp', `node '/a b/cli/dist/bin/pgattest.js' audit explain`],
  ['/usr/local/bin/pgattest', '/tmp', 'pgattest audit explain'],
  ['/app/node_modules/.bin/pgattest', '/app', 'node_modules/.bin/pgattest audit explain'],
  ['/clone/packages/audit/dist/bin/audit.js', '/clone', 'node packages/audit/dist/bin/audit.js explain'],
  ['/usr/bin/pgattest-audit', '/clone', 'pgattest-audit explain'],
  [undefined, '/clone', 'pgattest audit explain'],
])('started as %s in %s, the next command can be typed as %s', (script, workingDir, expected) => {
  expect(ownCommand(words, script, workingDir)).toBe(`${expected} pg-tls-enabled/pg-demo-1`);
});

test('a folder with a blank stays one word', () => {
  expect(ownCommand(['audit', 'explain', 'a/b', '--evidence', '/my evidence'], undefined, '/')).toBe(
    `pgattest audit explain a/b --evidence '/my evidence'`,
  );
});
