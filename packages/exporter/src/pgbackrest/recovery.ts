import { positionOfWal, type BackupInfo } from '@pgattest/connect';
import type { WalArchive, WalEnd } from './wal-archive.ts';

/** Why a backup cannot be restored, in the order in which it is looked for. */
export const unrestorableReasons = [
  'reference_missing',
  'folder_missing',
  'page_errors',
  'wal_missing',
  'verify_invalid',
] as const;
export type UnrestorableReason = (typeof unrestorableReasons)[number];

/** WAL of one database, with the segment size that its numbers need. */
export interface KnownArchive {
  readonly archive: WalArchive;
  readonly segmentBytes: number;
}

/** What is known of one repository of one stanza. */
export interface RecoveryEvidence {
  /** Backups in this repository. */
  readonly backups: readonly BackupInfo[];
  /** Labels of the backups whose folders are there. */
  readonly folders: ReadonlySet<string>;
  /** WAL by database id. */
  readonly archives: ReadonlyMap<number, KnownArchive>;
  /** Labels that verify called invalid. */
  readonly invalid: ReadonlySet<string>;
}

/** A backup and whether it can be restored. */
export interface JudgedBackup {
  readonly backup: BackupInfo;
  /** Undefined = it can. */
  readonly reason: UnrestorableReason | undefined;
  /** Backups a restore of it reads, itself included. */
  readonly chainLength: number;
  /** The last WAL reached from it; undefined for one that needs none. */
  readonly end: WalEnd | undefined;
}

/** The moments that can be restored. Seconds since the epoch. */
export interface RecoveryWindow {
  readonly oldestSeconds: number;
  readonly newestSeconds: number;
  /** From here on to the newest there is no moment that cannot be restored. */
  readonly continuousSeconds: number;
}

/** Judges every backup of a repository, in the order given. */
export function judgeBackups(evidence: RecoveryEvidence): readonly JudgedBackup[] {
  const byLabel = new Map(evidence.backups.map((backup) => [backup.label, backup]));
  return evidence.backups.map((backup) => {
    const labels = new Set([...backup.references, ...(backup.prior === undefined ? [] : [backup.prior])]);
    labels.delete(backup.label);
    const chain = [...labels].map((label) => byLabel.get(label));
    const end = endOf(backup, evidence);
    const isReachable = backup.wal === undefined || end !== undefined;
    const all = [backup.label, ...labels];
    const found: Readonly<Record<UnrestorableReason, boolean>> = {
      reference_missing: chain.includes(undefined),
      folder_missing: all.some((label) => !evidence.folders.has(label)),
      page_errors: backup.hasPageErrors === true || chain.some((one) => one?.hasPageErrors === true),
      wal_missing: !isReachable,
      verify_invalid: all.some((label) => evidence.invalid.has(label)),
    };
    const reason = unrestorableReasons.find((one) => found[one]);
    return { backup, reason, chainLength: all.length, end };
  });
}

/** The window that the restorable ones open; undefined without any. */
export function recoveryWindow(judged: readonly JudgedBackup[]): RecoveryWindow | undefined {
  const good = judged
    .filter(({ reason }) => reason === undefined)
    .map(({ backup, end }) => ({
      from: backup.stopSeconds,
      to: Math.max(backup.stopSeconds, end?.seconds ?? -Infinity),
      end: end?.position,
    }));
  const newest = good.reduce<(typeof good)[number] | undefined>(
    (best, one) => (best === undefined || one.to >= best.to ? one : best),
    undefined,
  );
  if (newest === undefined) return undefined;
  const connected = good.filter(
    ({ end }) => end !== undefined && end.timeline === newest.end?.timeline && end.segment === newest.end.segment,
  );
  return {
    oldestSeconds: Math.min(...good.map(({ from }) => from)),
    newestSeconds: newest.to,
    continuousSeconds: Math.min(newest.from, ...connected.map(({ from }) => from)),
  };
}

/** The last WAL reached from the start of a backup, if that lies beyond what makes it consistent. */
function endOf({ wal, databaseId }: BackupInfo, { archives }: RecoveryEvidence): WalEnd | undefined {
  const known = archives.get(databaseId);
  if (wal === undefined || known === undefined) return undefined;
  const [start, stop] = [wal.start, wal.stop].map((name) => positionOfWal(name, known.segmentBytes));
  if (start === undefined || stop === undefined) return undefined;
  const end = known.archive.reach(start);
  const isConsistent =
    end !== undefined && (end.position.timeline > stop.timeline || end.position.segment >= stop.segment);
  return isConsistent ? end : undefined;
}
