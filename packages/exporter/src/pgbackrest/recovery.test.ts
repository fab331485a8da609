import type { BackupInfo } from '@pgattest/connect';
import { expect, test } from 'vitest';
import { archiverLag } from './archiver-lag.ts';
import type { ArchiverState } from './archiver.ts';
import { continuityStart } from './continuity.ts';
import { judgeBackups, recoveryWindow, type KnownArchive, type RecoveryEvidence } from './recovery.ts';
import { findSegmentSize } from './segment-size.ts';
import { createWalArchive } from './wal-archive.ts';
import { createWalListing, walKey, type WalListing } from './wal-listing.ts';

const size = 16 * 1024 * 1024;
const name = (segment: number): string => `0000000100000000${segment.toString(16).toUpperCase().padStart(8, '0')}`;

function listingOf(segments: readonly number[]): WalListing {
  const listing = createWalListing();
  for (const segment of segments) {
    const path = `0000000100000000/${name(segment)}-${'b'.repeat(40)}.gz`;
    listing.add({ path, type: 'file', sizeBytes: 1, timeSeconds: segment * 100 });
  }
  return listing.result();
}

function archiveOf(...segments: readonly number[]): KnownArchive {
  const archive = createWalArchive(listingOf(segments), size, []);
  if (archive === undefined) throw new Error('an archive without segments');
  return { archive, segmentBytes: size };
}

function backup(label: string, segment: number, more: Partial<BackupInfo> = {}): BackupInfo {
  return {
    label,
    type: 'full',
    references: [],
    databaseId: 1,
    repoKey: 1,
    backrestVersion: '2.45',
    startSeconds: segment * 100 - 10,
    stopSeconds: segment * 100,
    wal: { start: name(segment), stop: name(segment) },
    sizeBytes: 1,
    deltaBytes: 1,
    annotations: 0,
    ...more,
  };
}

const full = backup('A', 2);
const incr = backup('B', 4, { type: 'incr', prior: 'A', references: ['A'] });
const evidence: RecoveryEvidence = {
  backups: [full, incr],
  folders: new Set(['A', 'B']),
  archives: new Map([[1, archiveOf(1, 2, 3, 4, 5, 6)]]),
  invalid: new Set(),
};
const reasons = (change: Partial<RecoveryEvidence>): readonly (string | undefined)[] =>
  judgeBackups({ ...evidence, ...change }).map(({ reason }) => reason);

test('a sound chain is restorable, and its window reaches the newest WAL', () => {
  const judged = judgeBackups(evidence);
  expect(judged.map(({ reason, chainLength }) => [reason, chainLength])).toEqual([
    [undefined, 1],
    [undefined, 2],
  ]);
  expect(recoveryWindow(judged)).toEqual({ oldestSeconds: 200, newestSeconds: 600, continuousSeconds: 200 });
});

test.each<[string, Partial<RecoveryEvidence>, readonly (string | undefined)[]]>([
  ['a backup it refers to is not listed', { backups: [incr] }, ['reference_missing']],
  ['a folder of its chain is gone', { folders: new Set(['B']) }, ['folder_missing', 'folder_missing']],
  [
    'page errors anywhere in its chain',
    { backups: [{ ...full, hasPageErrors: true }, incr] },
    ['page_errors', 'page_errors'],
  ],
  ['WAL it needs is missing', { archives: new Map([[1, archiveOf(1, 2, 3, 5, 6)]]) }, [undefined, 'wal_missing']],
  ['there is no WAL at all', { archives: new Map() }, ['wal_missing', 'wal_missing']],
  ['verify called its chain invalid', { invalid: new Set(['A']) }, ['verify_invalid', 'verify_invalid']],
])('not restorable: %s', (_, change, expected) => {
  expect(reasons(change)).toEqual(expected);
});

test('an offline backup needs no WAL and opens one moment', () => {
  const { wal: _, ...offline } = backup('O', 7);
  const judged = judgeBackups({ ...evidence, backups: [offline], folders: new Set(['O']), archives: new Map() });
  expect(judged[0]?.reason).toBeUndefined();
  expect(recoveryWindow(judged)).toEqual({ oldestSeconds: 700, newestSeconds: 700, continuousSeconds: 700 });
});

test('a gap splits the window: the continuous one begins behind it', () => {
  const archives = new Map([[1, archiveOf(2, 4, 5)]]);
  const window = recoveryWindow(judgeBackups({ ...evidence, archives }));
  expect(window).toEqual({ oldestSeconds: 200, newestSeconds: 500, continuousSeconds: 400 });
});

test('nothing restorable opens no window', () => {
  expect(recoveryWindow(judgeBackups({ ...evidence, folders: new Set() }))).toBeUndefined();
});

test('what the archive retention has taken away is no gap', () => {
  const known = archiveOf(2, 4, 5, 6);
  const repository = {
    key: 1,
    type: 'posix',
    cipherType: 'none',
    isRemote: false,
    isBundled: false,
    isBlockIncremental: false,
    retentionFullType: 'count',
    retentionArchiveType: 'full',
  };
  const backups = [full, backup('C', 4)];
  expect(continuityStart(backups, known, { ...repository, retentionArchive: 1 })).toEqual({ timeline: 1, segment: 4 });
  expect(continuityStart(backups, known, repository)).toEqual({ timeline: 1, segment: 2 });
  expect(continuityStart(backups, known, undefined)).toEqual({ timeline: 1, segment: 2 });
  expect(continuityStart([], known, undefined)).toEqual({ timeline: 1, segment: 2 });
});

test('the segment size is found by whatever tells it, and never guessed', () => {
  const none = { serverBytes: undefined, backups: [], isEncrypted: false };
  const few = listingOf([1, 2]);
  expect(findSegmentSize({ ...none, listing: few })).toBeUndefined();
  expect(findSegmentSize({ ...none, listing: few, serverBytes: size })).toBe(size);
  const byBackup = [{ lsn: { start: '0/5000028', stop: '' }, wal: { start: name(5), stop: '' } }];
  expect(findSegmentSize({ ...none, listing: few, backups: byBackup })).toBe(size);
  const plain = { ...few, plainBytes: size };
  expect(findSegmentSize({ ...none, listing: plain })).toBe(size);
  expect(findSegmentSize({ ...none, listing: plain, isEncrypted: true })).toBeUndefined();
  const wrapping = { ...few, timelines: [{ timeline: 1, keys: [walKey(0, 0x1f), walKey(1, 0)], seconds: [1, 2] }] };
  expect(findSegmentSize({ ...none, listing: wrapping })).toBe(128 * 1024 * 1024);
});

test('a size under which a name could not exist is not believed', () => {
  const listing = { ...listingOf([]), timelines: [{ timeline: 1, keys: [walKey(0, 0xff)], seconds: [1] }] };
  const serverBytes = 64 * 1024 * 1024;
  expect(findSegmentSize({ serverBytes, backups: [], listing, isEncrypted: false })).toBeUndefined();
});

const archiver: ArchiverState = {
  systemId: '1',
  segmentBytes: size,
  timeline: 1,
  lsn: '0/9000028',
  lastArchived: name(8),
  lastArchivedSeconds: 800,
  failedCount: 0,
  isFailing: false,
  ready: 0,
};

test('what the server calls archived and nobody holds is lost', () => {
  const known = archiveOf(1, 2, 3, 6);
  const gaps = known.archive.gaps({ timeline: 1, segment: 1 });
  expect(archiverLag(archiver, known, gaps)).toEqual({ lagSegments: 2, lostSegments: 4 });
  expect(archiverLag({ ...archiver, lastArchived: `${name(6)}.00000028.backup` }, known, gaps).lostSegments).toBe(2);
  expect(archiverLag({ ...archiver, lastArchived: name(3) }, known, gaps).lostSegments).toBe(0);
});

test('a server that has archived nothing, or is behind the repository, says nothing about losses', () => {
  const known = archiveOf(1, 2);
  expect(archiverLag({ ...archiver, lastArchived: undefined }, known, []).lostSegments).toBeUndefined();
  expect(archiverLag({ ...archiver, timeline: 0 }, known, [])).toEqual({
    lagSegments: undefined,
    lostSegments: undefined,
  });
});
