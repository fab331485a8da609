import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

interface Behaviour {
  /** Section of the format and what it says. */
  readonly line: string;
  readonly tests?: readonly { readonly file: string; readonly name: string }[];
  /** Why there is no test, or how we differ. */
  readonly note?: string;
}

const root = new URL('../..', import.meta.url).pathname;
const file = join(root, 'test/contract/pg-exporter-behaviour.json');
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own file; a wrong shape fails the test
const { behaviours } = JSON.parse(readFileSync(file, 'utf8')) as { readonly behaviours: readonly Behaviour[] };

/** Whether the text of a test file holds the name as a text of its own. */
function hasTest(path: string, name: string): boolean {
  if (!existsSync(join(root, path))) return false;
  const text = readFileSync(join(root, path), 'utf8');
  return text.includes(`'${name}'`) || text.includes(`"${name}"`);
}

describe('behaviour of pg_exporter that its own tests pin', () => {
  test('has a test here that exists, or a reason', () => {
    const found = behaviours.flatMap(({ line, tests = [], note }) => [
      ...(tests.length === 0 && note === undefined ? [`${line}: neither test nor note`] : []),
      ...tests.filter((one) => !hasTest(one.file, one.name)).map((one) => `${line}: no "${one.name}" in ${one.file}`),
    ]);
    expect(found).toEqual([]);
  });

  test('is listed once, with its section', () => {
    const lines = behaviours.map(({ line }) => line);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.filter((line) => !/^\d+(?:\.\d+)?: /u.test(line))).toEqual([]);
  });
});
