import { walNameOf } from '@pgattest/connect';
import { describe, expect, it } from 'vitest';
import { fullBackup } from './backup.fixture.ts';
import { parseTimelineHistory } from './timeline-history.ts';
import { checkContinuity, type WalArchive } from './wal-continuity.ts';

const mebibyte = 1024 * 1024;
const names = (timeline: number, first: number, last: number, segmentBytes = 16 * mebibyte): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => walNameOf({ timeline, segment: first + index }, segmentBytes));
const archiveOf = (segments: readonly string[], changes: Partial<WalArchive> = {}): WalArchive => ({
  repo: 1,
  archiveId: '15-1',
  segmentBytes: 16 * mebibyte,
  segments,
  histories: new Map(),
  ...changes,
});
const backup = (start: string, stop: string): ReturnType<typeof fullBackup> =>
  fullBackup('20261121-235830F', { wal: { start, stop } });
const at = (segment: number, timeline = 1, segmentBytes = 16 * mebibyte): string =>
  walNameOf({ timeline, segment }, segmentBytes);

describe('on one timeline', () => {
  it('nothing missing: recovery reaches the last segment', () => {
    const result = checkContinuity(archiveOf(names(1, 2, 9)), [backup(at(2), at(3))]);
    expect(result).toEqual({ findings: [], reachable: at(9) });
  });

  it('a hole after the backup is named, and recovery ends before it', () => {
    const segments = names(1, 2, 9).filter((name) => name !== at(7));
    const { findings, reachable } = checkContinuity(archiveOf(segments), [backup(at(2), at(3))]);
    expect(findings.map(({ subject }) => subject)).toEqual([`repo1 15-1 ${at(7)}`]);
    expect(findings[0]?.message).toContain('later WAL is there');
    expect(reachable).toBe(at(6));
  });

  it('a hole inside the backup keeps it from becoming consistent', () => {
    const segments = names(1, 2, 9).filter((name) => name !== at(3));
    const { findings } = checkContinuity(archiveOf(segments), [backup(at(2), at(4))]);
    expect(findings[0]?.message).toContain(`cannot become consistent: WAL ${at(3)} of ${at(2)} to ${at(4)}`);
  });

  it('an archive that ends before the backup does is a hole as well', () => {
    const { findings, reachable } = checkContinuity(archiveOf(names(1, 2, 2)), [backup(at(2), at(3))]);
    expect(findings.map(({ subject }) => subject)).toEqual([`repo1 15-1 ${at(3)}`]);
    expect(reachable).toBe(at(2));
  });

  it('a log of 4 GiB ends after FF with segments of 16 MiB, and after 3F with 64 MiB', () => {
    expect(checkContinuity(archiveOf(names(1, 254, 258)), [backup(at(254), at(255))]).findings).toEqual([]);
    const large = 64 * mebibyte;
    const segments = names(1, 62, 66, large);
    expect(segments).toContain('00000001000000000000003F');
    const whole = archiveOf(segments, { segmentBytes: large });
    expect(checkContinuity(whole, [backup(at(62, 1, large), at(62, 1, large))]).findings).toEqual([]);
    const holed = archiveOf(
      segments.filter((name) => name !== '000000010000000100000000'),
      { segmentBytes: large },
    );
    expect(checkContinuity(holed, [backup(at(62, 1, large), at(62, 1, large))]).findings[0]?.subject).toContain(
      '000000010000000100000000',
    );
  });

  it('what repo-retention-archive removes between two backups is no hole, a part of it is', () => {
    const older = backup(at(2), at(2));
    const newer = fullBackup('20261122-000000F', { stopSeconds: 1_795_400_000, wal: { start: at(8), stop: at(8) } });
    expect(checkContinuity(archiveOf([at(2), at(8), at(9)]), [older, newer]).findings).toEqual([]);
    const { findings } = checkContinuity(archiveOf([at(2), at(3), at(5), at(8), at(9)]), [older, newer]);
    expect(findings[0]?.subject).toBe(`repo1 15-1 ${at(4)}, ${at(6)}, ${at(7)}`);
  });

  it('a backup of a stopped server needs no WAL', () => {
    const { wal: _, ...offline } = fullBackup('20261121-235830F');
    expect(checkContinuity(archiveOf([]), [offline]).findings).toEqual([]);
  });
});

describe('over a change of timeline', () => {
  // Timeline 1 was left in the middle of segment 5.
  const histories = new Map([[2, parseTimelineHistory('1\t0/5800000\tno recovery target specified\n', 16 * mebibyte)]]);

  it('segments up to the switch are wanted on the old one, from it on the new one', () => {
    const segments = [...names(1, 2, 4), ...names(2, 5, 8)];
    const result = checkContinuity(archiveOf(segments, { histories }), [backup(at(2), at(3))]);
    expect(result).toEqual({ findings: [], reachable: at(8, 2) });
  });

  it('a segment that is only on the abandoned branch does not count', () => {
    const segments = [...names(1, 2, 7), ...names(2, 5, 5), ...names(2, 7, 8)];
    const { findings } = checkContinuity(archiveOf(segments, { histories }), [backup(at(2), at(3))]);
    expect(findings.map(({ subject }) => subject)).toEqual([`repo1 15-1 ${at(6, 2)}`]);
  });

  it('a backup on a branch that was abandoned is followed to the end of its own', () => {
    const segments = [...names(1, 2, 4), ...names(2, 5, 8), ...names(3, 5, 6)];
    const other = new Map([[3, parseTimelineHistory('1\t0/5800000\n', 16 * mebibyte)]]);
    const result = checkContinuity(archiveOf(segments, { histories: other }), [backup(at(5, 2), at(6, 2))]);
    expect(result).toEqual({ findings: [], reachable: at(8, 2) });
  });

  it('comments and blank lines of a history file are left out', () => {
    expect(parseTimelineHistory('# a comment\n\n1\t0/A000198\tbefore 2000\n2\t1/0\tx\n', 16 * mebibyte)).toEqual([
      { parent: 1, segment: 10 },
      { parent: 2, segment: 256 },
    ]);
  });
});
