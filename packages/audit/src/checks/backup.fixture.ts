import type { FactMap } from '../facts.ts';
import type { Observation } from '../probe.ts';
import type { Backup, BackupView } from './backup-views.ts';
import { ok, seenAt } from './settings.fixture.ts';

type Info = FactMap['node.pgbackrest-info'];
type Config = Extract<FactMap['node.pgbackrest-config'], { readonly isConfigured: true }>;
type Repository = Config['repositories'][number];

/** A full backup that ended this many hours ago. */
export function backupOf(hoursAgo: number, changes: Partial<Backup> = {}, tellsOfPages = true): Backup {
  const stopSeconds = Date.parse(seenAt.at) / 1000 - hoursAgo * 3600;
  return {
    label: `full-${hoursAgo}`,
    type: 'full',
    references: [],
    databaseId: 1,
    repoKey: 1,
    backrestVersion: '2.57',
    startSeconds: stopSeconds - 60,
    stopSeconds,
    wal: { start: '000000010000000000000010', stop: '000000010000000000000011' },
    sizeBytes: 1000,
    deltaBytes: 1000,
    ...(tellsOfPages ? { hasPageErrors: false } : {}),
    annotations: 0,
    ...changes,
  };
}

/** A stanza with a full backup of five hours ago and one of ten days ago, then as told. */
export const stanzaOf = (changes: Partial<BackupView['stanza']> = {}): BackupView['stanza'] => ({
  name: 'pg-test',
  code: 0,
  message: 'ok',
  backupLock: { isHeld: false },
  backupProgress: [],
  restoreLock: { isHeld: false },
  repositories: [{ key: 1, cipher: 'aes-256-cbc', code: 0, message: 'ok' }],
  databases: [{ id: 1, repoKey: 1, systemId: '7710730764901021745', version: '17' }],
  archives: [
    { id: '17-1', databaseId: 1, repoKey: 1, min: '000000010000000000000001', max: '000000010000000000000099' },
  ],
  backups: [backupOf(240), backupOf(5)],
  ...changes,
});

/** What each node answered: a stanza, or why there is none. */
export const infosOf = (
  ...answers: readonly (BackupView['stanza'] | string)[]
): ReadonlyMap<string, Observation<Info>> =>
  new Map(
    answers.map((answer, index) => [
      `pg-test-${index + 1}.node`,
      ok(
        typeof answer === 'string'
          ? { isInstalled: false as const, why: answer }
          : { isInstalled: true as const, config: '/etc/pgbackrest/pgbackrest.conf', stanza: answer },
      ),
    ]),
  );

/** An encrypted repository on an object store, then as told. */
export const repositoryOf = (changes: Partial<Repository> = {}): Repository => ({
  key: 1,
  type: 's3',
  path: '/pgbackrest',
  place: 'sss.pigsty',
  cipherType: 'aes-256-cbc',
  publishedCipherPass: null,
  publishedAccessSecret: null,
  verifiesTls: true,
  retentionFullType: 'time',
  retentionFull: 14,
  folder: null,
  ...changes,
});

export const backrestConfigOf = (repository: Partial<Repository> = {}, changes: Partial<Config> = {}): Config => ({
  isConfigured: true,
  path: '/etc/pgbackrest/pgbackrest.conf',
  mode: '0640',
  owner: 'postgres',
  stanza: 'pg-test',
  stanzas: ['pg-test'],
  repositories: [repositoryOf(repository)],
  isArchiveAsync: true,
  queueMaxBytes: null,
  checksPages: true,
  ...changes,
});

export const localStateOf = (
  changes: Partial<FactMap['node.pgbackrest-local-state']> = {},
): FactMap['node.pgbackrest-local-state'] => ({
  isConfigured: true,
  logPath: '/pg/log/pgbackrest',
  stopFiles: [],
  spoolErrors: 0,
  lastBackup: null,
  lastVerify: { outcome: 'success', endedSeconds: Date.parse(seenAt.at) / 1000 - 86_400 },
  lastExpire: null,
  droppedWal: 0,
  ...changes,
});
