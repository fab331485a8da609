import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseBackrestInfo } from './info.ts';
import type { BackrestInfo } from './info-model.ts';

const folder = join(import.meta.dirname, 'fixtures');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

function parsed(text: string): BackrestInfo {
  const result = parseBackrestInfo(text);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

test.each(readdirSync(folder).filter((name) => name.startsWith('info-')))('%s is read', (name) => {
  expect(parseBackrestInfo(read(name)).ok).toBe(true);
});

test('pgBackRest 2.45 with full, diff and incr, as captured', () => {
  const [stanza] = parsed(read('info-2.45-full-diff-incr.json')).stanzas;
  expect(stanza?.backups.map(({ type, references }) => [type, references.length])).toEqual([
    ['full', 0],
    ['diff', 1],
    ['incr', 2],
  ]);
  expect(stanza?.backups[2]).toMatchObject({
    lsn: { start: '0/1E000028', stop: '0/1F000050' },
    wal: { start: '00000011000000000000001E', stop: '00000011000000000000001F' },
    repoSizeBytes: 6_347_745,
    repoDeltaBytes: 467,
    hasPageErrors: false,
  });
});

test('a system id beyond 2^53 keeps every digit', () => {
  const text = read('info-2.45-full-diff-incr.json').replace('7710702196065577541', '18446744073709551615');
  expect(parsed(text).stanzas[0]?.databases[0]?.systemId).toBe('18446744073709551615');
});

test('an annotation that looks like a system id is left alone', () => {
  const text = read('info-2.59-restore-lock.json').replace(
    '"owner":"dba"',
    '"owner":"\\"system-id\\":12345678901234567890"',
  );
  expect(parsed(text).stanzas[0]?.backups[0]?.annotations).toBe(1);
});

test('warnings before the JSON are kept apart, whatever they begin with', () => {
  const warning = "WARN: environment contains invalid option 'service-host'\n[not a list\n";
  const info = parsed(`${warning}${read('info-2.45-lock.json')}`);
  expect(info.stanzas[0]?.backupLock.isHeld).toBe(true);
  expect(info.preamble).toContain('service-host');
});

test('noise that a wrong cipher pass puts into a message does not spoil the answer', () => {
  const text = read('info-2.45-repo-noperm.json').replace('Permission denied', 'line 1: \u0001\u0007\u001f\ufffdI)');
  const [repo] = parsed(text).stanzas[0]?.repositories ?? [];
  expect(repo?.code).toBe(99);
  for (const noise of ['\u0001', '\u0007', '\u001f']) expect(repo?.message).not.toContain(noise);
});

test('a repository without stanzas is an empty list', () => {
  expect(parsed('[]\n').stanzas).toEqual([]);
});

test('before 2.32 there are no repositories and no keys', () => {
  const [stanza] = parsed(read('info-2.25-single-repo.json')).stanzas;
  expect(stanza?.repositories).toEqual([]);
  expect(stanza?.backups[0]).toMatchObject({ repoKey: 0, databaseId: 1 });
  expect(stanza?.backups[0]).not.toHaveProperty('hasPageErrors');
  expect(stanza?.backups[0]).not.toHaveProperty('lsn');
});

test('from 2.44 on block maps are told, and from 2.45 on the size of a block incremental backup is not', () => {
  const [stanza] = parsed(read('info-2.48-block-incremental-progress.json')).stanzas;
  expect(stanza?.backups[0]).toMatchObject({ repoSizeMapBytes: 1024, repoDeltaMapBytes: 512 });
  expect(stanza?.backups[0]).not.toHaveProperty('repoSizeBytes');
  expect(stanza?.backupLock).toEqual({ isHeld: true, sizeBytes: 4096, completeBytes: 1024 });
});

test('from 2.56 on a restore is told, from 2.59 on the progress in each repository', () => {
  const [stanza] = parsed(read('info-2.59-restore-lock.json')).stanzas;
  expect(stanza?.restoreLock).toEqual({ isHeld: true, sizeBytes: 9000, completeBytes: 3000 });
  expect(stanza?.backupProgress).toEqual([
    { key: 1, sizeBytes: 100, completeBytes: 50 },
    { key: 2, sizeBytes: 200, completeBytes: 20 },
  ]);
});

test.each([
  ['nothing', '', 'no JSON list'],
  ['an error text', 'ERROR: [055]: unable to open', 'no JSON list'],
  ['half an answer', '[{"name":"a"', 'no JSON list'],
  ['another list', '[1]', 'must be an object'],
  ['a stanza without a name', '[{"status":{"code":0}}]', '[0].name must be a text'],
  [
    'a backup of another type',
    read('info-2.45-lock.json').replace('"type":"full"', '"type":"huge"'),
    'not full, diff or incr',
  ],
])('%s is a parse failure that says why', (_, text, why) => {
  const result = parseBackrestInfo(text);
  expect(result.ok ? '' : result.failure.class).toBe('parse');
  expect(result.ok ? '' : result.failure.message).toContain(why);
});
