import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { createRepositoryListingReader, type RepositoryEntry } from './repository-listing.ts';

const captured = readFileSync(join(import.meta.dirname, 'fixtures', 'repo-ls-2.45-archive.json'), 'utf8');

function readIn(pieces: readonly string[]): { readonly entries: readonly RepositoryEntry[]; readonly failure: string } {
  const entries: RepositoryEntry[] = [];
  const reader = createRepositoryListingReader((entry) => entries.push(entry));
  for (const piece of pieces) reader.push(piece);
  const end = reader.end();
  return { entries, failure: end.ok ? '' : end.failure.message };
}

test('a captured listing', () => {
  const { entries, failure } = readIn([captured]);
  expect(failure).toBe('');
  expect(entries).toHaveLength(12);
  expect(entries[0]).toEqual({ path: '00000011.history', type: 'file', sizeBytes: 682, timeSeconds: 1_795_289_766 });
});

test('it does not matter how the text arrives', () => {
  const whole = readIn([captured]).entries;
  assert(
    property(array(nat(captured.length), { maxLength: 20 }), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), captured.length];
      const pieces = places.slice(1).map((end, at) => captured.slice(places[at], end));
      expect(readIn(pieces).entries).toEqual(whole);
    }),
    { numRuns: 30 },
  );
});

test('names may hold anything', () => {
  const text = JSON.stringify({
    '.': { type: 'path' },
    'a}b{"c,': { type: 'link', destination: '}' },
    ',{': { type: 'special' },
  });
  expect(readIn([text]).entries.map(({ path }) => path)).toEqual(['a}b{"c,', ',{']);
});

test.each([
  ['an empty folder', '{".":{"type":"path"}}', ''],
  ['nothing', '', 'no complete JSON object'],
  ['half a listing', captured.slice(0, 400), 'no complete JSON object'],
  ['another shape', '{"a":{"type":"box"}}', 'another shape'],
])('%s', (_, text, failure) => {
  expect(readIn([text]).failure).toContain(failure);
});
