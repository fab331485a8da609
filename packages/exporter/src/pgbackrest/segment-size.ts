import { isSegmentSize, segmentSizeOf, segmentSizeOfLastPart, type BackupInfo } from '@pgattest/connect';
import { logOfKey, partOfKey, type WalListing } from './wal-listing.ts';

/** What may tell the size of a segment. */
export interface SegmentSizeEvidence {
  /** What the server itself says. */
  readonly serverBytes: number | undefined;
  /** Backups of the same database. */
  readonly backups: readonly Pick<BackupInfo, 'lsn' | 'wal'>[];
  readonly listing: WalListing;
  /** Whether stored files are as long as what is in them. */
  readonly isEncrypted: boolean;
}

/**
 * The segment size of an archive, never a guess: from the server, from a backup whose start LSN and start segment allow
 * only one, from a segment stored uncompressed, or from where names go on in the next log. Undefined when nothing
 * tells, or when a name in the archive cannot exist with the size that was found.
 */
export function findSegmentSize({
  serverBytes,
  backups,
  listing,
  isEncrypted,
}: SegmentSizeEvidence): number | undefined {
  const ofBackups = backups.flatMap(({ lsn, wal }) => {
    const size = lsn === undefined || wal === undefined ? undefined : segmentSizeOf(lsn.start, wal.start);
    return size === undefined ? [] : [size];
  });
  const plain = isEncrypted ? undefined : listing.plainBytes;
  const size =
    serverBytes ??
    ofBackups.at(-1) ??
    (plain !== undefined && isSegmentSize(plain) ? plain : undefined) ??
    sizeByNames(listing);
  if (size === undefined) return undefined;
  const perLog = 2 ** 32 / size;
  const isPossible = listing.timelines.every(({ keys }) => keys.every((key) => partOfKey(key) < perLog));
  return isPossible ? size : undefined;
}

/** By the last part of logs that are followed by the first part of the next. */
function sizeByNames({ timelines }: WalListing): number | undefined {
  for (const { keys } of timelines) {
    for (const [at, key] of keys.entries()) {
      const next = keys[at + 1];
      if (next === undefined || partOfKey(next) !== 0 || logOfKey(next) !== logOfKey(key) + 1) continue;
      const size = segmentSizeOfLastPart(partOfKey(key));
      if (size !== undefined && partOfKey(key) > 0) return size;
    }
  }
  return undefined;
}
