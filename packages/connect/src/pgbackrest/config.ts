import type { BackrestConfigFile } from './config-file.ts';

/** What is configured for one repository of one stanza. */
export interface RepositorySettings {
  readonly key: number;
  /** posix, cifs, s3, azure, gcs, sftp. */
  readonly type: string;
  readonly cipherType: string;
  /** Reached through another host. */
  readonly isRemote: boolean;
  readonly isBundled: boolean;
  readonly isBlockIncremental: boolean;
  /** `count` or `time` (days). */
  readonly retentionFullType: string;
  /** full, diff or incr. */
  readonly retentionArchiveType: string;
  /** Absent = kept for ever. */
  readonly retentionFull?: number;
  readonly retentionDiff?: number;
  readonly retentionArchive?: number;
  readonly retentionHistory?: number;
}

/** What is configured for one stanza on this host. */
export interface StanzaSettings {
  readonly name: string;
  /** pg1-path; absent where none is configured, or where it is on another host. */
  readonly pgPath?: string;
  readonly lockPath: string;
  readonly spoolPath: string;
  readonly logPath: string;
  readonly isArchiveAsync: boolean;
  /** Beyond this archive-push throws WAL away and says it succeeded. */
  readonly archivePushQueueMaxBytes?: number;
  readonly repositories: readonly RepositorySettings[];
}

type Env = Readonly<Record<string, string | undefined>>;

/** Stanzas that have a section of their own, in the order of the file. */
export function stanzasOf({ sections }: BackrestConfigFile): readonly string[] {
  const names = [...sections.keys()].map((name) => name.split(':')[0] ?? name).filter((name) => name !== 'global');
  return [...new Set(names)];
}

/** Settings of a stanza: environment, its own section, then global. Options of single commands change nothing of these. */
export function settingsOf(file: BackrestConfigFile, stanza: string, env: Env): StanzaSettings {
  const find = (name: string): string | undefined =>
    env[`PGBACKREST_${name.toUpperCase().replaceAll('-', '_')}`] ??
    file.sections.get(stanza)?.get(name) ??
    file.sections.get('global')?.get(name);
  const pgPath = find('pg1-host') === undefined ? (find('pg1-path') ?? find('pg-path') ?? find('db-path')) : undefined;
  const queueMax = findSize(
    find('archive-push-queue-max') ?? file.sections.get('global:archive-push')?.get('archive-push-queue-max'),
  );
  const isAsync = find('archive-async') ?? file.sections.get('global:archive-push')?.get('archive-async');
  return {
    name: stanza,
    ...(pgPath === undefined ? {} : { pgPath }),
    lockPath: find('lock-path') ?? '/tmp/pgbackrest',
    spoolPath: find('spool-path') ?? '/var/spool/pgbackrest',
    logPath: find('log-path') ?? '/var/log/pgbackrest',
    isArchiveAsync: isAsync === 'y',
    ...(queueMax === undefined ? {} : { archivePushQueueMaxBytes: queueMax }),
    repositories: repositoryKeys(file, stanza, env).map((key) => repositoryOf(key, find)),
  };
}

function repositoryKeys(file: BackrestConfigFile, stanza: string, env: Env): readonly number[] {
  const names = [
    ...(file.sections.get('global')?.keys() ?? []),
    ...(file.sections.get(stanza)?.keys() ?? []),
    ...Object.keys(env).flatMap((name) =>
      name.startsWith('PGBACKREST_REPO') ? [name.slice('PGBACKREST_'.length).toLowerCase().replaceAll('_', '-')] : [],
    ),
  ];
  const keys = names.flatMap((name) => {
    const match = /^repo(?<key>\d*)-(?:path|type|host|s3-bucket|azure-container|gcs-bucket)$/.exec(name);
    return match === null ? [] : [Number(match.groups?.['key'] === '' ? '1' : match.groups?.['key'])];
  });
  // Without a word about repositories there is one at the default path.
  return keys.length === 0 ? [1] : [...new Set(keys)].toSorted((a, b) => a - b);
}

function repositoryOf(key: number, find: (name: string) => string | undefined): RepositorySettings {
  const option = (name: string): string | undefined =>
    find(`repo${key}-${name}`) ?? (key === 1 ? find(`repo-${name}`) : undefined);
  const number = (name: string): number | undefined => {
    const text = option(name);
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  const [full, diff, archive, history] = ['full', 'diff', 'archive', 'history'].map((name) =>
    number(`retention-${name}`),
  );
  return {
    key,
    type: option('type') ?? 'posix',
    cipherType: option('cipher-type') ?? 'none',
    isRemote: option('host') !== undefined,
    isBundled: option('bundle') === 'y',
    isBlockIncremental: option('block') === 'y',
    retentionFullType: option('retention-full-type') ?? 'count',
    retentionArchiveType: option('retention-archive-type') ?? 'full',
    ...(full === undefined ? {} : { retentionFull: full }),
    ...(diff === undefined ? {} : { retentionDiff: diff }),
    ...(archive === undefined ? {} : { retentionArchive: archive }),
    ...(history === undefined ? {} : { retentionHistory: history }),
  };
}

const unitBytes: Readonly<Record<string, number>> = {
  '': 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

/** A size as pgBackRest writes them: 1048576, 64KB, 16MiB, 4g. */
function findSize(text: string | undefined): number | undefined {
  const match = /^(?<amount>\d+)\s*(?<unit>[kmgtp]?)(?:i?b)?$/i.exec(text ?? '');
  const { amount, unit = '' } = match?.groups ?? {};
  const bytes = unitBytes[unit.toLowerCase()];
  return amount === undefined || bytes === undefined ? undefined : Number(amount) * bytes;
}
