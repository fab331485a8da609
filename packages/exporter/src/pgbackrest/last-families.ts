import { backrestFormerMetrics as former, backrestLastMetrics as names } from '@pgattest/catalog';
import type { BackupInfo, StanzaInfo } from '@pgattest/connect';
import { backupKey } from './count-databases.ts';
import { flag, type FamilyCollection } from './families.ts';
import { repositoryKeysOf } from './known-stanza.ts';
import { backupTypes, blockIncremental, findLastBackups, referenceCounts } from './last-backups.ts';
import type { BackrestState, ShowOptions } from './state.ts';

/** The newest backups that serve as each type, but for their ages. */
export function putLastBackups(families: FamilyCollection, state: BackrestState, options: ShowOptions): void {
  for (const { info } of state.info.stanzas.values()) {
    const last = findLastBackups(info.backups);
    if (last === undefined) continue;
    for (const type of backupTypes) {
      const backup = last[type];
      const labels = { backup_type: type, block_incr: blockIncremental(backup), stanza: info.name };
      families.put(names.backrestLastDurationSeconds, labels, durationOf(backup));
      families.put(names.backrestLastSizeBytes, labels, backup.sizeBytes);
      families.put(names.backrestLastDeltaBytes, labels, backup.deltaBytes);
      families.put(names.backrestLastRepoSizeBytes, labels, backup.repoSizeBytes ?? 0);
      families.put(names.backrestLastRepoDeltaBytes, labels, backup.repoDeltaBytes ?? 0);
      families.put(names.backrestLastRepoSizeMapBytes, labels, backup.repoSizeMapBytes ?? 0);
      families.put(names.backrestLastRepoDeltaMapBytes, labels, backup.repoDeltaMapBytes ?? 0);
      families.put(names.backrestLastErrorStatus, labels, flag(backup.hasPageErrors === true));
      families.put(names.backrestLastAnnotations, labels, backup.annotations);
      const counts = referenceCounts(backup);
      for (const ref of backupTypes) {
        families.put(names.backrestLastReferences, { ...labels, ref_backup: ref }, counts[ref]);
      }
      if (options.databaseCountLatest) {
        families.putKnown(names.backrestLastDatabases, labels, state.databases.get(backupKey(info.name, backup)));
      }
    }
  }
  forEachRepository(state, ({ name }, repoKey, backups) => {
    const last = findLastBackups(backups);
    if (last === undefined) return;
    for (const type of backupTypes) {
      const block = blockIncremental(last[type]);
      const labels = { backup_type: type, block_incr: block, repo_key: String(repoKey), stanza: name };
      families.put(names.backrestRepoLastDurationSeconds, labels, durationOf(last[type]));
    }
  });
}

/** Their ages now: they grow between collections too. */
export function putLastAges(families: FamilyCollection, state: BackrestState, nowSeconds: number): void {
  const formerAge = {
    full: former.backrestFullSinceLastCompletionSeconds,
    diff: former.backrestDiffSinceLastCompletionSeconds,
    incr: former.backrestIncrSinceLastCompletionSeconds,
  };
  const ageOf = ({ stopSeconds }: BackupInfo): number => Math.max(0, Math.floor(nowSeconds - stopSeconds));
  for (const { info } of state.info.stanzas.values()) {
    const last = findLastBackups(info.backups);
    if (last === undefined) continue;
    for (const type of backupTypes) {
      const labels = { backup_type: type, block_incr: blockIncremental(last[type]), stanza: info.name };
      families.put(names.backrestSinceLastCompletionSeconds, labels, ageOf(last[type]));
      families.put(formerAge[type], { stanza: info.name }, ageOf(last[type]));
    }
  }
  forEachRepository(state, ({ name }, repoKey, backups) => {
    const last = findLastBackups(backups);
    if (last === undefined) return;
    for (const type of backupTypes) {
      const block = blockIncremental(last[type]);
      const labels = { backup_type: type, block_incr: block, repo_key: String(repoKey), stanza: name };
      families.put(names.backrestRepoSinceLastCompletionSeconds, labels, ageOf(last[type]));
    }
  });
}

function forEachRepository(
  state: BackrestState,
  visit: (stanza: StanzaInfo, repoKey: number, backups: readonly BackupInfo[]) => void,
): void {
  for (const { info } of state.info.stanzas.values()) {
    for (const repoKey of repositoryKeysOf(info)) {
      visit(
        info,
        repoKey,
        info.backups.filter((backup) => backup.repoKey === repoKey),
      );
    }
  }
}

function durationOf({ startSeconds, stopSeconds }: BackupInfo): number {
  return stopSeconds - startSeconds;
}
