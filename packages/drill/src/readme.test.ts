import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { findingCodes } from './backup/finding.ts';
import { verifyCertificate } from './certificate/sign.ts';
import { drillCommands } from './commands/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the example of the README runs as printed', async () => {
  const example = /```js\n(?:import .+\n)+\n(.+?)```/su.exec(readme)?.[1];
  expect(example).toBeDefined();
  const program = `(async (generateKeyPairSync, readFileSync, verifyCertificate, console) => {${example ?? ''}})`;
  const run: unknown = runInThisContext(program);
  if (typeof run !== 'function') throw new TypeError('the example is not a program');
  const log = vi.fn<(isGenuine: boolean) => void>();
  await run(generateKeyPairSync, readFileSync, verifyCertificate, { log });
  expect(log.mock.calls).toEqual([[false]]);
});

test('the README names every drill and every finding', () => {
  expect(drillCommands.filter(({ name }) => !readme.includes(`pgattest drill ${name} `))).toEqual([]);
  expect([...findingCodes, 'alert-not-delivered'].filter((code) => !readme.includes(`\`${code}\``))).toEqual([]);
});
