import { collectors } from '@pgattest/catalog';
import { expect, test } from 'vitest';
import { dumpCollectors } from './dump.ts';
import { readCollectorFile } from './read-file.ts';
import { toCollectors } from './to-collectors.ts';

test('the built-in collectors are the same after a dump and a load', () => {
  const read = readCollectorFile(dumpCollectors(collectors), 'builtin.yml');
  expect(read.diagnostics).toEqual([]);
  expect(toCollectors(read.branches ?? [])).toStrictEqual(collectors);
});
