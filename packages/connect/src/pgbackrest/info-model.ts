/** State of a lock that `info` sees on its own host. Sizes in bytes, present while known. */
export interface LockInfo {
  readonly isHeld: boolean;
  readonly sizeBytes?: number;
  readonly completeBytes?: number;
}

/** What a running backup has done in one repository (2.59). */
export interface RepositoryProgress {
  readonly key: number;
  readonly sizeBytes?: number;
  readonly completeBytes?: number;
}

/** A repository as a stanza sees it. `code` and `message` as pgBackRest gives them: 0-3, 6 and 99. */
export interface RepositoryInfo {
  readonly key: number;
  readonly cipher: string;
  readonly code: number;
  readonly message: string;
}

/** A PostgreSQL cluster that a repository knows; several after upgrades. */
export interface DatabaseInfo {
  readonly id: number;
  readonly repoKey: number;
  /** Unsigned 64 bit, as text: it does not fit a number. */
  readonly systemId: string;
  readonly version: string;
}

/** WAL of one database in one repository. */
export interface ArchiveInfo {
  /** `15-1`: version and database id. */
  readonly id: string;
  readonly databaseId: number;
  readonly repoKey: number;
  readonly min?: string;
  readonly max?: string;
}

export type BackupType = 'full' | 'diff' | 'incr';

/** One completed backup. */
export interface BackupInfo {
  readonly label: string;
  readonly type: BackupType;
  readonly prior?: string;
  /** Labels of every other backup it needs. */
  readonly references: readonly string[];
  readonly databaseId: number;
  readonly repoKey: number;
  /** Version of pgBackRest that took it. */
  readonly backrestVersion: string;
  readonly startSeconds: number;
  readonly stopSeconds: number;
  /** First and last WAL segment it needs to be consistent; absent for an offline backup. */
  readonly wal?: { readonly start: string; readonly stop: string };
  /** `0/2000028`; since 2.38. */
  readonly lsn?: { readonly start: string; readonly stop: string };
  readonly sizeBytes: number;
  readonly deltaBytes: number;
  /** Absent for block incremental backups since 2.45. */
  readonly repoSizeBytes?: number;
  readonly repoDeltaBytes?: number;
  readonly repoSizeMapBytes?: number;
  readonly repoDeltaMapBytes?: number;
  /** Page checksums failed while copying; absent before 2.36. */
  readonly hasPageErrors?: boolean;
  readonly annotations: number;
  /** Databases in it; only with `--set`. */
  readonly databases?: number;
}

/** What `info` says of one stanza. `name` is `[invalid]` where a repository fails before any stanza is known. */
export interface StanzaInfo {
  readonly name: string;
  /** 0-6 and 99. */
  readonly code: number;
  readonly message: string;
  readonly backupLock: LockInfo;
  readonly backupProgress: readonly RepositoryProgress[];
  readonly restoreLock: LockInfo;
  /** Empty before 2.32, which knows one nameless repository. */
  readonly repositories: readonly RepositoryInfo[];
  readonly databases: readonly DatabaseInfo[];
  readonly archives: readonly ArchiveInfo[];
  readonly backups: readonly BackupInfo[];
}

/** One answer of `info`. `preamble` is what was printed before the JSON, such as warnings. */
export interface BackrestInfo {
  readonly stanzas: readonly StanzaInfo[];
  readonly preamble: string;
}
