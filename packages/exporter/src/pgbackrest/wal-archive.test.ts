import { walNameOf, type RepositoryEntry } from '@pgattest/connect';
import { assert, constantFrom, integer, nat, property, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWalArchive, parseTimelineHistory, type TimelineSwitch, type WalArchive } from './wal-archive.ts';
import { createWalListing } from './wal-listing.ts';

const mebibyte = 1024 * 1024;

/** Entry of a stored segment; stored at second `segment`. */
function entry(timeline: number, segment: number, size = 16 * mebibyte, marker = ''): RepositoryEntry {
  const name = walNameOf({ timeline, segment }, size);
  const path = `${name.slice(0, 16)}/${name}${marker}-${'a'.repeat(40)}.gz`;
  return { path, type: 'file', sizeBytes: 100, timeSeconds: segment };
}

function archiveOf(
  entries: readonly RepositoryEntry[],
  history: readonly TimelineSwitch[] = [],
  size = 16 * mebibyte,
): WalArchive {
  const listing = createWalListing();
  for (const one of entries) listing.add(one);
  const archive = createWalArchive(listing.result(), size, history);
  if (archive === undefined) throw new Error('an archive without segments');
  return archive;
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const on = (timeline: number, ...segments: readonly number[]): readonly RepositoryEntry[] =>
  segments.map((segment) => entry(timeline, segment));

describe('one timeline', () => {
  test('without holes everything is reached', () => {
    const archive = archiveOf(on(1, ...range(1, 9)));
    expect(archive.gaps({ timeline: 1, segment: 2 })).toEqual([]);
    expect(archive.reach({ timeline: 1, segment: 2 })).toEqual({ position: { timeline: 1, segment: 9 }, seconds: 9 });
  });

  test('holes end the way and are counted from where one asks', () => {
    const archive = archiveOf(on(1, 1, 2, 5, 6, 8));
    expect(archive.reach({ timeline: 1, segment: 1 })?.position.segment).toBe(2);
    expect(archive.reach({ timeline: 1, segment: 3 })).toBeUndefined();
    expect(archive.gaps({ timeline: 1, segment: 1 })).toEqual([
      { first: { timeline: 1, segment: 3 }, count: 2, followedSeconds: 5 },
      { first: { timeline: 1, segment: 7 }, count: 1, followedSeconds: 8 },
    ]);
    expect(archive.gaps({ timeline: 1, segment: 5 })).toHaveLength(1);
  });

  test('partial segments, labels of backups and order of arrival make no difference', () => {
    const entries = [...on(1, 3, 1, 2), entry(1, 4, undefined, '.partial'), ...on(1, 2)];
    const noise = { path: '0000000100000000/000000010000000000000002.00000028.backup', type: 'file' } as const;
    const listing = createWalListing();
    for (const one of [...entries, noise]) listing.add(one);
    expect(listing.result()).toMatchObject({ partials: 1, duplicates: 1 });
    expect(archiveOf(entries).newest.position).toEqual({ timeline: 1, segment: 3 });
  });
});

describe('several timelines', () => {
  // Timeline 1 ended in segment 5, which timeline 2 wrote anew; timeline 1 went on elsewhere for a while.
  const history = parseTimelineHistory('1\t0/5000158\tno recovery target specified\n');

  test('the segment of the switch is read on the new timeline, and no gap', () => {
    const archive = archiveOf([...on(1, 1, 2, 3, 4), ...on(2, 5, 6)], history);
    expect(archive.gaps({ timeline: 1, segment: 1 })).toEqual([]);
    expect(archive.reach({ timeline: 1, segment: 2 })?.position).toEqual({ timeline: 2, segment: 6 });
  });

  test('what the old timeline archived beyond the switch is not on the way', () => {
    const archive = archiveOf([...on(1, 1, 2, 3, 4, 5, 6, 9), ...on(2, 5, 6)], history);
    expect(archive.gaps({ timeline: 1, segment: 1 })).toEqual([]);
    expect(archive.isOnWay({ timeline: 1, segment: 9 })).toBe(false);
    expect(archive.reach({ timeline: 1, segment: 9 })?.position).toEqual({ timeline: 1, segment: 9 });
  });

  test('the end of the old timeline that never came is a gap', () => {
    const archive = archiveOf([...on(1, 1, 2, 3), ...on(2, 5, 6)], history);
    expect(archive.gaps({ timeline: 1, segment: 1 })).toEqual([
      { first: { timeline: 1, segment: 4 }, count: 1, followedSeconds: 0 },
    ]);
    expect(archive.reach({ timeline: 1, segment: 1 })?.position).toEqual({ timeline: 1, segment: 3 });
  });

  test('without the history file there is no way from the old timeline', () => {
    const archive = archiveOf([...on(1, 1, 2, 3, 4), ...on(2, 5, 6)]);
    expect(archive.reach({ timeline: 1, segment: 1 })?.position).toEqual({ timeline: 1, segment: 4 });
  });
});

test('a log ends where its segment size says, for every size', () => {
  assert(
    property(constantFrom(1, 2, 16, 64, 128, 1024), nat(3), (mib, extra) => {
      const size = mib * mebibyte;
      const perLog = 2 ** 32 / size;
      const segments = range(perLog - 2, perLog + extra);
      const archive = archiveOf(
        segments.map((segment) => entry(1, segment, size)),
        [],
        size,
      );
      expect(archive.gaps({ timeline: 1, segment: perLog - 2 })).toEqual([]);
    }),
  );
});

test('gaps and segments together are the whole range', () => {
  assert(
    property(uniqueArray(integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 120 }), (segments) => {
      const archive = archiveOf(on(1, ...segments));
      const [low, high] = [Math.min(...segments), Math.max(...segments)];
      const missing = archive.gaps({ timeline: 1, segment: low }).reduce((sum, { count }) => sum + count, 0);
      expect(missing + segments.length).toBe(high - low + 1);
    }),
  );
});
