import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { branchKeys, predicateKeys } from './branch.ts';
import { columnKeys } from './column.ts';
import { checkCoverage } from './coverage.ts';
import { readCollectorFile } from './read-file.ts';
import { toCollectors } from './to-collectors.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const section = /## Collectors of your own\n([\s\S]*?)\n## /u.exec(readme)?.[1] ?? '';

test('the example of the README is a valid configuration without a problem', () => {
  const yaml = /```yaml\n([\s\S]*?)```/u.exec(section)?.[1] ?? '';
  const { branches, diagnostics } = readCollectorFile(yaml, 'README.md');
  const collectors = toCollectors(branches ?? []);
  expect([...diagnostics, ...checkCoverage(collectors, new Map())]).toEqual([]);
  expect(Object.keys(collectors[0]?.m ?? {})).toEqual(['jobs', 'oldest_seconds']);
});

test('the README names every key of the format', () => {
  const keys = [...branchKeys, ...predicateKeys, ...columnKeys];
  expect(keys.filter((key) => !section.includes(`\`${key}\``))).toEqual([]);
});
