import {
  positionOfWal,
  type BackupInfo,
  type BackupType,
  type RepositorySettings,
  type WalPosition,
} from '@pgattest/connect';
import type { KnownArchive } from './recovery.ts';

/** Types that count for each archive retention type. */
const counted: Readonly<Record<BackupType, readonly BackupType[]>> = {
  full: ['full'],
  diff: ['full', 'diff'],
  incr: ['full', 'diff', 'incr'],
};

/**
 * From where on an archive should have no holes: the start of the oldest backup that WAL is kept from. Before it,
 * `repo-retention-archive` leaves only what each backup needs to be consistent. Without backups it is the oldest segment.
 * Without settings every backup counts.
 */
export function continuityStart(
  backups: readonly BackupInfo[],
  { archive, segmentBytes }: KnownArchive,
  settings: RepositorySettings | undefined,
): WalPosition {
  const type = readType(settings?.retentionArchiveType);
  const limit = settings?.retentionArchive;
  const newestFirst = backups.toSorted((a, b) => b.stopSeconds - a.stopSeconds);
  const oldestKept =
    limit === undefined ? undefined : newestFirst.filter((one) => counted[type].includes(one.type)).at(limit - 1);
  const starts = newestFirst
    .filter(({ stopSeconds }) => oldestKept === undefined || stopSeconds >= oldestKept.stopSeconds)
    .flatMap(({ wal }): readonly WalPosition[] => {
      const position = wal === undefined ? undefined : positionOfWal(wal.start, segmentBytes);
      return position !== undefined && archive.isOnWay(position) ? [position] : [];
    });
  return starts.at(-1) ?? archive.oldest;
}

function readType(text: string | undefined): BackupType {
  return text === 'diff' || text === 'incr' ? text : 'full';
}
