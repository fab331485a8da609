import {
  backrestExporterMetrics as exporter,
  backrestFormerMetrics as former,
  backrestStanzaMetrics as names,
} from '@pgattest/catalog';
import { classOfRepositoryError, type StanzaInfo } from '@pgattest/connect';
import { flag, type FamilyCollection } from './families.ts';
import { repositoryKeysOf } from './known-stanza.ts';
import type { BackrestState, ShowOptions } from './state.ts';

/** Stanzas, repositories and whether they hold WAL. */
export function putStanzas(families: FamilyCollection, state: BackrestState, options: ShowOptions): void {
  for (const { info } of state.info.stanzas.values()) {
    putStanza(families, info);
    putRepositories(families, info);
    putArchives(families, info, options);
  }
}

function putStanza(families: FamilyCollection, stanza: StanzaInfo): void {
  const labels = { stanza: stanza.name };
  const { backupLock, restoreLock, code } = stanza;
  families.put(names.backrestStanzaStatus, labels, code);
  families.put(names.backrestStanzaBackupLockStatus, labels, flag(backupLock.isHeld));
  families.put(names.backrestStanzaBackupTotalBytes, labels, backupLock.sizeBytes ?? 0);
  families.put(names.backrestStanzaBackupCompleteBytes, labels, backupLock.completeBytes ?? 0);
  families.put(former.backrestStanzaLockStatus, labels, flag(backupLock.isHeld));
  families.put(former.backrestStanzaBackupCompeteBytes, labels, backupLock.completeBytes ?? 0);
  for (const key of repositoryKeysOf(stanza)) {
    const progress = stanza.backupProgress.find((one) => one.key === key);
    const inRepo = { repo_key: String(key), stanza: stanza.name };
    families.put(names.backrestStanzaBackupRepoTotalBytes, inRepo, progress?.sizeBytes ?? 0);
    families.put(names.backrestStanzaBackupRepoCompleteBytes, inRepo, progress?.completeBytes ?? 0);
  }
  families.put(names.backrestStanzaRestoreLockStatus, labels, flag(restoreLock.isHeld));
  families.put(names.backrestStanzaRestoreTotalBytes, labels, restoreLock.sizeBytes ?? 0);
  families.put(names.backrestStanzaRestoreCompleteBytes, labels, restoreLock.completeBytes ?? 0);
}

function putRepositories(families: FamilyCollection, { name, repositories }: StanzaInfo): void {
  // Before 2.32 there is one without a name, and nothing is said of it.
  if (repositories.length === 0) {
    families.put(names.backrestRepoStatus, { cipher: 'none', repo_key: '0', stanza: name }, 0);
  }
  for (const { key, cipher, code, message } of repositories) {
    families.put(names.backrestRepoStatus, { cipher, repo_key: String(key), stanza: name }, code);
    if (code !== 99) continue;
    const failureClass = classOfRepositoryError(message, cipher);
    families.put(exporter.backrestRepoErrorInfo, { stanza: name, repo_key: String(key), class: failureClass }, 1);
  }
}

function putArchives(families: FamilyCollection, stanza: StanzaInfo, { verboseWal }: ShowOptions): void {
  for (const { databaseId, repoKey, min, max } of stanza.archives) {
    const database = stanza.databases.find((one) => one.id === databaseId && one.repoKey === repoKey);
    const hasWal = min !== undefined && max !== undefined;
    families.put(
      names.backrestWalArchiveStatus,
      {
        database_id: String(databaseId),
        pg_version: database?.version ?? '',
        repo_key: String(repoKey),
        stanza: stanza.name,
        wal_max: verboseWal && hasWal ? max : '',
        wal_min: verboseWal && hasWal ? min : '',
      },
      flag(hasWal),
    );
  }
}

/** How old the data of each repository are. */
export function putDataAges(families: FamilyCollection, state: BackrestState, nowSeconds: number): void {
  for (const { info, seenSeconds } of state.info.stanzas.values()) {
    for (const [key, seen] of seenSeconds) {
      const labels = { stanza: info.name, repo_key: String(key) };
      families.put(exporter.backrestRepoDataAgeSeconds, labels, Math.max(0, nowSeconds - seen));
    }
  }
}
