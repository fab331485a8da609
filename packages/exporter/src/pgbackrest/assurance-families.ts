import {
  backrestConfigMetrics as configNames,
  backrestDrillMetrics as drillNames,
  backrestVerifyMetrics as names,
} from '@pgattest/catalog';
import type { RepositorySettings, VerifyReport } from '@pgattest/connect';
import { flag, type FamilyCollection } from './families.ts';
import type { BackrestState } from './state.ts';

const outcomes = { passed: 0, failed: 1, aborted: 2 } as const;

/** Verify, configuration and drills; but for ages. */
export function putAssurance(families: FamilyCollection, state: BackrestState): void {
  for (const { stanza, repoKey, report, endedSeconds, durationSeconds } of state.verify.values()) {
    const place = { stanza, repo_key: String(repoKey) };
    families.put(names.backrestVerifyOk, place, flag(report.isOk));
    families.put(names.backrestVerifyTimestampSeconds, place, endedSeconds);
    families.put(names.backrestVerifyDurationSeconds, place, durationSeconds);
    putReport(families, place, report);
  }
  for (const { name, repositories, archivePushQueueMaxBytes, isArchiveAsync } of state.settings) {
    families.put(configNames.backrestConfigArchiveAsync, { stanza: name }, flag(isArchiveAsync));
    families.putKnown(configNames.backrestConfigQueueMaxBytes, { stanza: name }, archivePushQueueMaxBytes);
    for (const repository of repositories) putSettings(families, name, repository);
  }
  for (const { last, passedSeconds } of state.drills) {
    const labels = { stanza: last.stanza, kind: last.kind };
    families.put(drillNames.backrestDrillOutcome, labels, outcomes[last.outcome]);
    families.put(drillNames.backrestDrillTimestampSeconds, labels, last.finishedSeconds);
    families.put(drillNames.backrestDrillDurationSeconds, labels, last.finishedSeconds - last.startedSeconds);
    families.putKnown(drillNames.backrestDrillPassedTimestampSeconds, labels, passedSeconds);
  }
}

/** How old verdicts and drills are now. */
export function putAssuranceAges(families: FamilyCollection, state: BackrestState, nowSeconds: number): void {
  for (const { stanza, repoKey, endedSeconds } of state.verify.values()) {
    const place = { stanza, repo_key: String(repoKey) };
    families.put(names.backrestVerifyAgeSeconds, place, Math.max(0, nowSeconds - endedSeconds));
  }
  for (const { last } of state.drills) {
    const labels = { stanza: last.stanza, kind: last.kind };
    families.put(drillNames.backrestDrillAgeSeconds, labels, Math.max(0, nowSeconds - last.finishedSeconds));
  }
}

type Place = Readonly<Record<'stanza' | 'repo_key', string>>;
const statuses = ['valid', 'invalid', 'manifest missing', 'in-progress'] as const;

function putReport(families: FamilyCollection, place: Place, { archives, backups }: VerifyReport): void {
  for (const status of statuses) {
    const count = backups.filter((backup) => backup.status === status).length;
    families.put(names.backrestVerifyBackups, { ...place, status: status.replaceAll(/[ -]/g, '_') }, count);
  }
  const others = backups.filter(({ status }) => isOther(status)).length;
  families.put(names.backrestVerifyBackups, { ...place, status: 'other' }, others);
  const [checked, valid] = [sum(archives.map((one) => one.checked)), sum(archives.map((one) => one.valid))];
  families.put(names.backrestVerifyWal, { ...place, status: 'valid' }, valid);
  families.put(names.backrestVerifyWal, { ...place, status: 'invalid' }, checked - valid);
  for (const [part, items] of [
    ['wal', archives],
    ['backup', backups],
  ] as const) {
    for (const error of ['missing', 'checksum', 'size', 'other'] as const) {
      const count = sum(items.map(({ errors }) => errors[error]));
      families.put(names.backrestVerifyErrors, { ...place, part, error }, count);
    }
  }
}

function putSettings(families: FamilyCollection, stanza: string, repository: RepositorySettings): void {
  const place = { stanza, repo_key: String(repository.key) };
  families.put(
    configNames.backrestConfigRepoInfo,
    {
      ...place,
      type: repository.type,
      cipher: repository.cipherType,
      remote: word(repository.isRemote),
      bundle: word(repository.isBundled),
      block: word(repository.isBlockIncremental),
      retention_full_type: repository.retentionFullType,
      retention_archive_type: repository.retentionArchiveType,
    },
    1,
  );
  families.put(configNames.backrestConfigRepoEncrypted, place, flag(repository.cipherType !== 'none'));
  const kinds = [
    ['full', repository.retentionFull],
    ['diff', repository.retentionDiff],
    ['archive', repository.retentionArchive],
    ['history', repository.retentionHistory],
  ] as const;
  for (const [kind, value] of kinds) families.putKnown(configNames.backrestConfigRetention, { ...place, kind }, value);
}

function isOther(status: string): boolean {
  return !statuses.some((known) => known === status);
}

function word(value: boolean): string {
  return value ? 'y' : 'n';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
