import { parseBackrestInfo, type StanzaInfo } from '@pgattest/connect';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mergeStanza } from './known-stanza.ts';

const fixtures = new URL('../../../connect/src/pgbackrest/fixtures/', import.meta.url);
function stanzaIn(name: string): StanzaInfo {
  const parsed = parseBackrestInfo(readFileSync(new URL(name, fixtures), 'utf8'));
  const stanza = parsed.ok ? parsed.value.stanzas[0] : undefined;
  if (stanza === undefined) throw new Error(`${name} has no stanza`);
  return stanza;
}

const good = stanzaIn('info-2.45-full-diff-incr.json');
const unreadable: StanzaInfo = { ...stanzaIn('info-2.45-archive-missing.json'), name: good.name };
const gone: StanzaInfo = { ...stanzaIn('info-2.45-backupinfo-missing.json'), name: good.name };

test('a repository that cannot be read keeps its data and the time they were read', () => {
  const before = mergeStanza(undefined, good, 100);
  const after = mergeStanza(before, unreadable, 200);
  expect(after.info.code).toBe(99);
  expect(after.info.backups).toEqual(good.backups);
  expect(after.info.databases).toEqual(good.databases);
  expect([...after.seenSeconds]).toEqual([[1, 100]]);
  expect([...mergeStanza(after, good, 300).seenSeconds]).toEqual([[1, 300]]);
});

test('a repository that answers that it holds nothing loses what was known', () => {
  const after = mergeStanza(mergeStanza(undefined, good, 100), gone, 200);
  expect(after.info.backups).toEqual([]);
  expect([...after.seenSeconds]).toEqual([[1, 200]]);
});

test('a repository that never could be read has no age', () => {
  expect([...mergeStanza(undefined, unreadable, 100).seenSeconds]).toEqual([]);
});
