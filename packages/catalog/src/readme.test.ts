import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import * as catalog from './index.ts';

test('the example of the README gives what its last line says', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const example = /```ts\n(?<code>[\s\S]*?)```/u.exec(readme)?.groups?.['code'] ?? '';
  const code = example.replace(/^import .*$/mu, '');
  const promised = /^\/\/ (?<text>.*)$/mu.exec(example)?.groups?.['text'];
  expect(runInNewContext(code, { ...catalog })).toBe(promised);
});
