import type { RepositoryInfo, StanzaInfo } from '@pgattest/connect';

/** What is known of a stanza: the newest word, with the data of repositories that cannot be read now as they last were. */
export interface KnownStanza {
  readonly info: StanzaInfo;
  /** Wall clock seconds at which the data of each repository were read, by its key. */
  readonly seenSeconds: ReadonlyMap<number, number>;
}

/** The name pgBackRest gives when a repository fails before any stanza is known. */
export const invalidStanza = '[invalid]';

/** Status of a repository that could not be read, which says nothing about what is in it. */
const unreadableCode = 99;

/** Keys of the repositories of a stanza; `0` for the nameless one of versions before 2.32. */
export function repositoryKeysOf({ repositories }: StanzaInfo): readonly number[] {
  return repositories.length === 0 ? [0] : repositories.map(({ key }) => key);
}

/**
 * The new word on a stanza with the backups, WAL and databases of unreadable repositories kept from the word before. A
 * repository that answers with nothing loses what was known: that is its state, not a failure to read it.
 */
export function mergeStanza(before: KnownStanza | undefined, next: StanzaInfo, nowSeconds: number): KnownStanza {
  const isKept = (key: number): boolean =>
    before?.seenSeconds.has(key) === true && next.repositories.some((repo) => isUnreadable(repo) && repo.key === key);
  const seenSeconds = new Map<number, number>();
  for (const key of repositoryKeysOf(next)) {
    const repo = next.repositories.find((one) => one.key === key);
    const seen = repo !== undefined && isUnreadable(repo) ? before?.seenSeconds.get(key) : nowSeconds;
    if (seen !== undefined) seenSeconds.set(key, seen);
  }
  const keptKeys = new Set(repositoryKeysOf(next).filter(isKept));
  if (before === undefined || keptKeys.size === 0) return { info: next, seenSeconds };
  const kept = <T extends { readonly repoKey: number }>(items: readonly T[]): readonly T[] =>
    items.filter(({ repoKey }) => keptKeys.has(repoKey));
  return {
    info: {
      ...next,
      databases: [...kept(before.info.databases), ...next.databases],
      archives: [...kept(before.info.archives), ...next.archives],
      // pgBackRest lists the backups of all repositories by the time they ended.
      backups: [...kept(before.info.backups), ...next.backups].toSorted((a, b) => a.stopSeconds - b.stopSeconds),
    },
    seenSeconds,
  };
}

function isUnreadable({ code }: RepositoryInfo): boolean {
  return code === unreadableCode;
}
