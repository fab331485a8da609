import { parseBackrestInfo, type BackupInfo } from '@pgattest/connect';
import { DrillError } from '../errors.ts';

/** One repository of a stanza, with the backups in it, oldest first. */
export interface Repository {
  readonly repo: number;
  readonly cipher: string;
  /** 0 is ok. */
  readonly code: number;
  readonly message: string;
  readonly backups: readonly BackupInfo[];
  /** PostgreSQL version by database id: `15`. */
  readonly versions: ReadonlyMap<number, string>;
}

/** The repositories of a stanza from the text of `info --output=json`. Errors: unfinished. */
export function repositoriesOf(infoJson: string, stanza: string): readonly Repository[] {
  const parsed = parseBackrestInfo(infoJson);
  if (!parsed.ok) throw new DrillError('unfinished', `pgbackrest: ${parsed.failure.message}`);
  const found = parsed.value.stanzas.find(({ name }) => name === stanza);
  if (found === undefined) {
    const names = parsed.value.stanzas.map(({ name }) => name).join(', ');
    const seen = names === '' ? 'no stanza' : `only ${names}`;
    throw new DrillError('unfinished', `pgbackrest info knows ${seen}, not ${stanza}; check --stanza and --config`);
  }
  return found.repositories.map(({ key, cipher, code, message }) => ({
    repo: key,
    cipher,
    code,
    message,
    backups: found.backups.filter(({ repoKey }) => repoKey === key).toSorted((a, b) => a.stopSeconds - b.stopSeconds),
    versions: new Map(
      found.databases.filter(({ repoKey }) => repoKey === key).map(({ id, version }) => [id, version] as const),
    ),
  }));
}

/** `15-1`: the folder of the archive that holds a backup's WAL. */
export const archiveIdOf = (repository: Repository, { databaseId }: BackupInfo): string =>
  `${repository.versions.get(databaseId) ?? 'unknown'}-${databaseId}`;
