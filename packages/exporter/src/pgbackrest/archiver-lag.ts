import { parseWalName, positionOfWal, segmentOfLsn, type WalPosition } from '@pgattest/connect';
import type { ArchiverState } from './archiver.ts';
import type { KnownArchive } from './recovery.ts';
import type { WalGap } from './wal-archive.ts';

/** What a server has written and archived against what one repository holds. Undefined = it cannot be said. */
export interface ArchiverLag {
  readonly lagSegments: number | undefined;
  readonly lostSegments: number | undefined;
}

/** Where the last archived file stands: a segment, or the first one of a backup whose label was archived. */
export function lastArchivedPosition(state: ArchiverState): WalPosition | undefined {
  const name = state.lastArchived?.slice(0, 24) ?? '';
  // A backup label is named after the first segment of the backup, which was archived before it.
  return parseWalName(name) === undefined ? undefined : positionOfWal(name, state.segmentBytes);
}

/**
 * Compares a server with an archive that was listed after the server was asked, so that whatever it called archived
 * must be there. `gaps` are the holes of that archive.
 */
export function archiverLag(state: ArchiverState, { archive }: KnownArchive, gaps: readonly WalGap[]): ArchiverLag {
  const newest = archive.newest.position;
  // A repository that is ahead of this server's timeline is fed by another one.
  if (newest.timeline > state.timeline) return { lagSegments: undefined, lostSegments: undefined };
  const current = state.lsn === undefined ? undefined : segmentOfLsn(state.lsn, state.segmentBytes);
  const archived = lastArchivedPosition(state);
  const isComparable = archived !== undefined && archived.timeline >= newest.timeline;
  return {
    // The segment being written is not complete and no lag.
    lagSegments: current === undefined ? undefined : Math.max(0, current - 1 - newest.segment),
    lostSegments: isComparable
      ? lostWithin(gaps, archived) + Math.max(0, archived.segment - newest.segment)
      : undefined,
  };
}

function lostWithin(gaps: readonly WalGap[], archived: WalPosition): number {
  return gaps
    .filter(({ first }) => first.timeline < archived.timeline || first.segment <= archived.segment)
    .reduce((sum, { count }) => sum + count, 0);
}
