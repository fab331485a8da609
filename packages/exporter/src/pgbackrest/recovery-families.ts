import {
  backrestArchiverMetrics as archiverNames,
  backrestRecoveryMetrics as names,
  backrestWalMetrics as walNames,
} from '@pgattest/catalog';
import type { AssessedArchive, AssessedRepository } from './assess.ts';
import { flag, type FamilyCollection } from './families.ts';
import { unrestorableReasons, type JudgedBackup, type UnrestorableReason } from './recovery.ts';
import type { BackrestState } from './state.ts';

const chainStates: Readonly<Record<UnrestorableReason, number>> = {
  reference_missing: 1,
  folder_missing: 2,
  page_errors: 3,
  wal_missing: 4,
  verify_invalid: 5,
};

/** What can be restored, and the WAL, of every repository that was listed; but for ages. */
export function putRecovery(
  families: FamilyCollection,
  state: BackrestState,
  assessed: readonly AssessedRepository[],
): void {
  for (const one of assessed) {
    const place = { stanza: one.stanza, repo_key: String(one.repoKey) };
    if (one.judged !== undefined) putJudged(families, place, one.judged);
    if (one.window !== undefined) {
      const { oldestSeconds, newestSeconds, continuousSeconds } = one.window;
      families.put(names.backrestRecoveryOldestTimestampSeconds, place, oldestSeconds);
      families.put(names.backrestRecoveryNewestTimestampSeconds, place, newestSeconds);
      families.put(names.backrestRecoveryContinuousTimestampSeconds, place, continuousSeconds);
      families.put(names.backrestRecoveryWindowSeconds, place, newestSeconds - continuousSeconds);
    }
    families.put(names.backrestUnlistedBackups, place, one.unlisted);
    families.put(names.backrestBrokenOffBackups, place, one.brokenOff);
    for (const archive of one.archives) putArchive(families, place, archive);
    putLag(families, place, one.archives);
  }
  putArchiver(families, state);
}

/** What only a scrape can say. */
export function putRecoveryAges(
  families: FamilyCollection,
  assessed: readonly AssessedRepository[],
  nowSeconds: number,
): void {
  for (const { stanza, repoKey, window, archives, atSeconds } of assessed) {
    const place = { stanza, repo_key: String(repoKey) };
    families.put(walNames.backrestListingAgeSeconds, place, Math.max(0, nowSeconds - atSeconds));
    if (window !== undefined) {
      families.put(names.backrestRecoveryPointAgeSeconds, place, Math.max(0, nowSeconds - window.newestSeconds));
    }
    for (const { id, known } of archives) {
      if (known === undefined) continue;
      const age = Math.max(0, nowSeconds - known.archive.newest.seconds);
      families.put(walNames.backrestWalNewestAgeSeconds, { ...place, archive_id: id }, age);
    }
  }
}

/** By its own word or by the lock file on this host. */
export function isBackupRunning({ info, local }: BackrestState, stanza: string): boolean {
  const lock = local.find((one) => one.stanza === stanza)?.lock;
  return lock?.isHeld === true || (lock === undefined && info.stanzas.get(stanza)?.info.backupLock.isHeld === true);
}

type Place = Readonly<Record<'stanza' | 'repo_key', string>>;

function putJudged(families: FamilyCollection, place: Place, judged: readonly JudgedBackup[]): void {
  const good = judged.filter(({ reason }) => reason === undefined);
  families.put(names.backrestRestorableBackups, place, good.length);
  for (const reason of unrestorableReasons) {
    const count = judged.filter((one) => one.reason === reason).length;
    families.put(names.backrestUnrestorableBackups, { ...place, reason }, count);
  }
  const [newest, restorable] = [newestOf(judged), newestOf(good)];
  if (newest !== undefined) {
    const status = newest.reason === undefined ? 0 : chainStates[newest.reason];
    families.put(names.backrestNewestChainStatus, place, status);
    families.put(names.backrestNewestChainLength, place, newest.chainLength);
  }
  if (restorable !== undefined) {
    families.put(names.backrestNewestRestorableStopTimestampSeconds, place, restorable.backup.stopSeconds);
    families.put(names.backrestNewestRestorableChainLength, place, restorable.chainLength);
  }
}

function newestOf(judged: readonly JudgedBackup[]): JudgedBackup | undefined {
  return judged.toSorted((a, b) => a.backup.stopSeconds - b.backup.stopSeconds).at(-1);
}

function putArchive(
  families: FamilyCollection,
  at: Place,
  { id, listing, known, gaps, pending }: AssessedArchive,
): void {
  const place = { ...at, archive_id: id };
  const segments = listing.timelines.reduce((sum, { keys }) => sum + keys.length, 0);
  families.put(walNames.backrestWalSegments, place, segments);
  families.put(walNames.backrestWalPartialSegments, place, listing.partials);
  families.put(walNames.backrestWalDuplicateSegments, place, listing.duplicates);
  families.put(walNames.backrestWalStoredBytes, place, listing.storedBytes);
  if (known === undefined) return;
  const { archive, segmentBytes } = known;
  families.put(walNames.backrestWalSegmentSizeBytes, place, segmentBytes);
  families.put(walNames.backrestWalGaps, place, gaps.length);
  const missing = gaps.reduce((sum, { count }) => sum + count, 0);
  families.put(walNames.backrestWalMissingSegments, place, missing);
  families.put(walNames.backrestWalPendingSegments, place, pending);
  families.putKnown(walNames.backrestWalOldestMissingSegmentNumber, place, gaps[0]?.first.segment);
  families.put(walNames.backrestWalNewestTimeline, place, archive.newest.position.timeline);
  families.put(walNames.backrestWalNewestSegmentNumber, place, archive.newest.position.segment);
  families.put(walNames.backrestWalOldestSegmentNumber, place, archive.oldest.segment);
  families.put(walNames.backrestWalNewestTimestampSeconds, place, archive.newest.seconds);
}

/** At most one archive of a repository belongs to the server. */
function putLag(families: FamilyCollection, place: Place, archives: readonly AssessedArchive[]): void {
  const lag = archives.find((one) => one.lag !== undefined)?.lag;
  families.putKnown(archiverNames.backrestArchiverLagSegments, place, lag?.lagSegments);
  families.putKnown(archiverNames.backrestArchiverLostSegments, place, lag?.lostSegments);
}

function putArchiver(families: FamilyCollection, { archiver, info }: BackrestState): void {
  if (archiver === undefined) return;
  for (const { info: stanza } of info.stanzas.values()) {
    if (!stanza.databases.some(({ systemId }) => systemId === archiver.systemId)) continue;
    const labels = { stanza: stanza.name };
    families.put(archiverNames.backrestArchiverFailing, labels, flag(archiver.isFailing));
    families.put(archiverNames.backrestArchiverFailedTotal, labels, archiver.failedCount);
    families.putKnown(archiverNames.backrestArchiverReadySegments, labels, archiver.ready);
    const archived = archiver.lastArchivedSeconds;
    families.putKnown(archiverNames.backrestArchiverLastArchivedTimestampSeconds, labels, archived);
  }
}
