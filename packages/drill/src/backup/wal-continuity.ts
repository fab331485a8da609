import { positionOfWal, walNameOf, type BackupInfo, type WalPosition } from '@pgattest/connect';
import { backupFinding, type BackupFinding } from './finding.ts';
import type { TimelineSwitch } from './timeline-history.ts';

/** The archive of one database in one repository. */
export interface WalArchive {
  readonly repo: number;
  /** `15-1` */
  readonly archiveId: string;
  readonly segmentBytes: number;
  /** Names of whole segments, 24 digits. */
  readonly segments: readonly string[];
  /** Ancestors of each timeline that has a history file. */
  readonly histories: ReadonlyMap<number, readonly TimelineSwitch[]>;
}

/** What continuity says: what is missing, and how far recovery can go. */
export interface ContinuityResult {
  readonly findings: readonly BackupFinding[];
  /** The last segment that recovery from the newest backup can reach without a hole. */
  readonly reachable: string | undefined;
}

/** More names than this are told as a number. */
const longestList = 8;

/**
 * Whether the archive holds the WAL that makes each backup consistent, and everything after the newest backup. A hole
 * between two backups counts too, unless it is exactly what `repo-retention-archive` removes: everything from one
 * backup's end to the next one's start. `backups` are those of this archive, oldest first.
 */
export function checkContinuity(archive: WalArchive, backups: readonly BackupInfo[]): ContinuityResult {
  const { repo, archiveId, segmentBytes } = archive;
  const present = new Set(archive.segments);
  const online = backups.filter(({ wal }) => wal !== undefined);
  const findings: BackupFinding[] = [];
  const add = (missing: readonly string[], message: string): void => {
    findings.push(backupFinding('wal-segment-missing', `repo${repo} ${archiveId} ${say(missing)}`, message));
  };
  let reachable: string | undefined;
  for (const [index, { label, wal }] of online.entries()) {
    const start = positionOfWal(wal?.start ?? '', segmentBytes);
    const stop = positionOfWal(wal?.stop ?? '', segmentBytes);
    if (start === undefined || stop === undefined) {
      add(
        [wal?.start ?? '?'],
        `backup ${label} names WAL that no server with segments of ${segmentBytes} bytes writes`,
      );
      continue;
    }
    const path = pathFrom(start, stop, archive);
    const needed = missingOf(
      path.filter(({ segment }) => segment <= stop.segment),
      present,
      segmentBytes,
    );
    if (needed.length > 0) {
      const range = `${wal?.start} to ${wal?.stop}`;
      add(
        needed,
        `backup ${label} cannot become consistent: WAL ${say(needed)} of ${range} is missing from repo${repo} ${archiveId}`,
      );
    }
    const next = positionOfWal(online[index + 1]?.wal?.start ?? '', segmentBytes)?.segment;
    const after = path.filter(({ segment }) => segment > stop.segment && (next === undefined || segment < next));
    const later = missingOf(after, present, segmentBytes);
    const isRetention = next !== undefined && later.length === after.length;
    if (later.length > 0 && !isRetention) {
      add(
        later,
        `recovery from backup ${label} ends at a hole: WAL ${say(later)} is missing from repo${repo} ${archiveId} while later WAL is there`,
      );
    }
    if (index === online.length - 1) reachable = lastBeforeHole(path, present, segmentBytes);
  }
  return { findings, reachable };
}

/** Segments from a backup's start to the last one archived, changing timeline where the history says so. */
function pathFrom(start: WalPosition, stop: WalPosition, archive: WalArchive): readonly WalPosition[] {
  const parsed = archive.segments.flatMap((name) => positionOfWal(name, archive.segmentBytes) ?? []);
  const latest = Math.max(...parsed.map(({ timeline }) => timeline), ...archive.histories.keys(), start.timeline);
  const history = archive.histories.get(latest) ?? [];
  const isAncestor = start.timeline === latest || history.some(({ parent }) => parent === start.timeline);
  const target = isAncestor ? latest : start.timeline;
  const end = parsed
    .filter(({ timeline }) => timeline === target)
    .reduce((highest, { segment }) => Math.max(highest, segment), stop.segment);
  const path: WalPosition[] = [];
  for (let segment = start.segment; segment <= end; segment += 1) {
    // The segment in which a timeline ends is archived whole on the next one only.
    const left = history.find((line) => line.parent >= start.timeline && segment < line.segment);
    path.push({ timeline: isAncestor ? (left?.parent ?? latest) : start.timeline, segment });
  }
  return path;
}

function missingOf(path: readonly WalPosition[], present: ReadonlySet<string>, bytes: number): readonly string[] {
  return path.map((position) => walNameOf(position, bytes)).filter((name) => !present.has(name));
}

function lastBeforeHole(path: readonly WalPosition[], present: ReadonlySet<string>, bytes: number): string | undefined {
  let last: string | undefined;
  for (const position of path) {
    const name = walNameOf(position, bytes);
    if (!present.has(name)) return last;
    last = name;
  }
  return last;
}

function say(names: readonly string[]): string {
  if (names.length <= longestList) return names.join(', ');
  return `${names.slice(0, longestList).join(', ')} and ${names.length - longestList} more`;
}
