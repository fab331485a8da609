import type { BackupInfo, RepositorySettings } from '@pgattest/connect';
import type { ArchiverState } from './archiver.ts';
import { archiverLag, lastArchivedPosition, type ArchiverLag } from './archiver-lag.ts';
import { repositoryKey, type ListedArchive, type ListedRepository, type WalState } from './collect-wal.ts';
import { invalidLabels } from './collect-verify.ts';
import { continuityStart } from './continuity.ts';
import { judgeBackups, recoveryWindow, type JudgedBackup, type KnownArchive, type RecoveryWindow } from './recovery.ts';
import { findSegmentSize } from './segment-size.ts';
import type { BackrestState } from './state.ts';
import { createWalArchive, type WalGap } from './wal-archive.ts';
import type { WalListing } from './wal-listing.ts';

/** One archive of one repository, judged. */
export interface AssessedArchive {
  readonly id: string;
  readonly listing: WalListing;
  /** Undefined without a segment, or while the segment size is unknown. */
  readonly known: KnownArchive | undefined;
  /** Holes that are there to stay. */
  readonly gaps: readonly WalGap[];
  /** Segments missing that may still arrive. */
  readonly pending: number;
  /** Against the server of this database, where one is asked. */
  readonly lag: ArchiverLag | undefined;
}

/** One repository of one stanza, judged. */
export interface AssessedRepository {
  readonly stanza: string;
  readonly repoKey: number;
  readonly archives: readonly AssessedArchive[];
  /** Undefined while WAL that a backup needs cannot be looked for. */
  readonly judged: readonly JudgedBackup[] | undefined;
  readonly window: RecoveryWindow | undefined;
  /** Folders of backups that no list of completed ones has. */
  readonly unlisted: number;
  /** Those while no backup ran on this host. */
  readonly brokenOff: number;
  readonly atSeconds: number;
}

/** What is known besides the listings. */
export type AssessContext = Pick<BackrestState, 'settings' | 'verify'>;

/** Judges every repository that has been listed, each by what was known when it was. */
export function assess(
  wal: WalState | undefined,
  context: AssessContext,
  walGraceSeconds: number,
): readonly AssessedRepository[] {
  return [...(wal?.repositories.values() ?? [])].map((listed) => assessRepository(context, listed, walGraceSeconds));
}

/** What is wrong, as one text: equal texts are the same troubles. Empty = nothing. */
export function troublesOf(assessed: readonly AssessedRepository[]): string {
  return assessed
    .flatMap(({ stanza, repoKey, judged = [], archives, brokenOff }) => {
      const bad = judged.flatMap(({ backup, reason }) => (reason === undefined ? [] : [`${backup.label} ${reason}`]));
      const holes = archives.flatMap(({ id, gaps }) =>
        gaps.map(({ first, count }) => `${id} ${first.timeline}/${first.segment}+${count}`),
      );
      const broken = brokenOff === 0 ? [] : [`${brokenOff} broken off`];
      return [...bad, ...holes, ...broken].map((trouble) => `${stanza} ${repoKey} ${trouble}`);
    })
    .join('\n');
}

function assessRepository(state: AssessContext, listed: ListedRepository, walGraceSeconds: number): AssessedRepository {
  const { stanza, repoKey, folders, atSeconds, archiver, wasBackupRunning } = listed;
  const backups = stanza.backups.filter((backup) => backup.repoKey === repoKey);
  const settings = state.settings
    .find(({ name }) => name === stanza.name)
    ?.repositories.find(({ key }) => key === repoKey);
  const cipher = stanza.repositories.find(({ key }) => key === repoKey)?.cipher ?? 'none';
  const context = { backups, settings, isEncrypted: cipher !== 'none', atSeconds, walGraceSeconds };
  const archives = listed.archives.map((archive) => {
    const systemId = stanza.databases.find((one) => one.id === archive.databaseId && one.repoKey === repoKey)?.systemId;
    const server = archiver !== undefined && archiver.systemId === systemId ? archiver : undefined;
    return { databaseId: archive.databaseId, assessed: assessArchive(archive, server, context) };
  });
  const known = new Map(
    archives.flatMap(({ databaseId, assessed }) =>
      assessed.known === undefined ? [] : [[databaseId, assessed.known] as const],
    ),
  );
  // An archive that is there and whose numbers cannot be told leaves the question open; one without WAL answers it.
  const isOpen = archives.some(({ assessed }) => assessed.known === undefined && assessed.listing.timelines.length > 0);
  const report = state.verify.get(repositoryKey(stanza.name, repoKey))?.report;
  const invalid = report === undefined ? new Set<string>() : invalidLabels(report);
  const judged = isOpen ? undefined : judgeBackups({ backups, folders, archives: known, invalid });
  const labels = new Set(backups.map(({ label }) => label));
  const unlisted = [...folders].filter((label) => !labels.has(label)).length;
  return {
    stanza: stanza.name,
    repoKey,
    archives: archives.map(({ assessed }) => assessed),
    judged,
    window: judged === undefined ? undefined : recoveryWindow(judged),
    unlisted,
    brokenOff: wasBackupRunning ? 0 : unlisted,
    atSeconds,
  };
}

interface ArchiveContext {
  /** In this repository. */
  readonly backups: readonly BackupInfo[];
  readonly settings: RepositorySettings | undefined;
  readonly isEncrypted: boolean;
  readonly atSeconds: number;
  readonly walGraceSeconds: number;
}

function assessArchive(
  { id, databaseId, listing, history }: ListedArchive,
  server: ArchiverState | undefined,
  { backups, settings, isEncrypted, atSeconds, walGraceSeconds }: ArchiveContext,
): AssessedArchive {
  const own = backups.filter((backup) => backup.databaseId === databaseId);
  const segmentBytes = findSegmentSize({ serverBytes: server?.segmentBytes, backups: own, listing, isEncrypted });
  const archive = segmentBytes === undefined ? undefined : createWalArchive(listing, segmentBytes, history);
  if (archive === undefined || segmentBytes === undefined) {
    return { id, listing, known: undefined, gaps: [], pending: 0, lag: undefined };
  }
  const known = { archive, segmentBytes };
  const holes = archive.gaps(continuityStart(own, known, settings));
  const archived = server === undefined ? undefined : lastArchivedPosition(server);
  const isThere = ({ first, followedSeconds }: WalGap): boolean =>
    // What the server calls archived was archived before the listing; otherwise a gap must have had its time to fill.
    (archived !== undefined && archived.timeline === first.timeline && first.segment <= archived.segment) ||
    atSeconds - followedSeconds >= walGraceSeconds;
  const gaps = holes.filter(isThere);
  const pending = holes.filter((gap) => !isThere(gap)).reduce((sum, { count }) => sum + count, 0);
  return {
    id,
    listing,
    known,
    gaps,
    pending,
    lag: server === undefined ? undefined : archiverLag(server, known, gaps),
  };
}
