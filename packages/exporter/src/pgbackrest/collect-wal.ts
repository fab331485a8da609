import {
  backrestFailure,
  classOfRepositoryError,
  createRepositoryListingReader,
  type BackrestFailure,
  type BackrestResult,
  type BackrestRunner,
  type RepositoryEntry,
  type StanzaInfo,
} from '@pgattest/connect';
import type { ArchiverState } from './archiver.ts';
import { invalidStanza } from './known-stanza.ts';
import { parseTimelineHistory, type TimelineSwitch } from './wal-archive.ts';
import { createWalListing, type WalListing } from './wal-listing.ts';

/** WAL of one database in one repository, as listed. */
export interface ListedArchive {
  /** `15-1`. */
  readonly id: string;
  readonly databaseId: number;
  readonly listing: WalListing;
  /** Of the newest timeline; empty where its file is missing. */
  readonly history: readonly TimelineSwitch[];
}

/** What a repository holds of a stanza, as listed, with what else was known at that moment. */
export interface ListedRepository {
  /** As `info` had it just before. */
  readonly stanza: StanzaInfo;
  readonly repoKey: number;
  /** As the server had it just before: whatever it calls archived must be in the listing. */
  readonly archiver: ArchiverState | undefined;
  /** Whether a backup ran on this host meanwhile. */
  readonly wasBackupRunning: boolean;
  readonly archives: readonly ListedArchive[];
  /** Labels of the folders of backups. */
  readonly folders: ReadonlySet<string>;
  readonly atSeconds: number;
}

/** Repositories by `repositoryKey`, and the first failure. */
export interface WalState {
  readonly repositories: ReadonlyMap<string, ListedRepository>;
  readonly failure: BackrestFailure | undefined;
}

/** Histories of timelines never change: read once, by repository, archive and timeline. */
export type HistoryCache = Map<string, readonly TimelineSwitch[]>;

/** Key of a repository of a stanza. */
export function repositoryKey(stanza: string, repoKey: number): string {
  return JSON.stringify([stanza, repoKey]);
}

/** A million segments are about 130 MiB; they are read piece by piece. */
const maxListingBytes = 512 * 1024 * 1024;
const backupLabel = /^\d{8}-\d{6}F(?:_\d{8}-\d{6}[DI])?$/;

/** What a listing needs to know. */
export interface WalPlan {
  readonly stanzas: readonly StanzaInfo[];
  readonly archiver: ArchiverState | undefined;
  /** Whether a backup of the stanza runs on this host now. */
  readonly isBackupRunning: (stanza: StanzaInfo) => Promise<boolean>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Lists the repositories of stanzas, one after the other. One that cannot be listed now stays as it was, with its age;
 * one that answers that it holds nothing is gone.
 */
export async function collectWal(
  runner: BackrestRunner,
  plan: WalPlan,
  before: WalState | undefined,
  histories: HistoryCache,
): Promise<WalState> {
  const repositories = new Map<string, ListedRepository>();
  let failure: BackrestFailure | undefined;
  const used = new Set<string>();
  for (const stanza of plan.stanzas) {
    if (stanza.name === invalidStanza) continue;
    for (const { key: repoKey, code, cipher, message } of stanza.repositories) {
      // 1 and 3: there is nothing to list.
      if (code !== 0 && code !== 2 && code !== 99) continue;
      const key = repositoryKey(stanza.name, repoKey);
      const listed =
        code === 99
          ? backrestFailure(
              classOfRepositoryError(message, cipher),
              `repository ${repoKey} of ${stanza.name} cannot be read: ${message}`,
            )
          : await new RepositoryCall(runner, stanza, repoKey, plan).list(histories, used);
      const kept = before?.repositories.get(key);
      if (listed.ok) repositories.set(key, listed.value);
      else {
        failure ??= listed.failure;
        if (kept !== undefined) repositories.set(key, kept);
      }
    }
  }
  if (failure === undefined) for (const key of histories.keys()) if (!used.has(key)) histories.delete(key);
  return { repositories, failure };
}

class RepositoryCall {
  readonly #runner: BackrestRunner;
  readonly #stanza: StanzaInfo;
  readonly #repoKey: number;
  readonly #plan: WalPlan;
  readonly #limits: { readonly timeoutMs: number; readonly signal: AbortSignal };

  constructor(runner: BackrestRunner, stanza: StanzaInfo, repoKey: number, plan: WalPlan) {
    this.#runner = runner;
    this.#stanza = stanza;
    this.#repoKey = repoKey;
    this.#plan = plan;
    this.#limits = { timeoutMs: plan.timeoutMs, signal: plan.signal };
  }

  async list(histories: HistoryCache, used: Set<string>): Promise<BackrestResult<ListedRepository>> {
    const { name } = this.#stanza;
    const ranBefore = await this.#plan.isBackupRunning(this.#stanza);
    const archives: ListedArchive[] = [];
    for (const { id, databaseId, repoKey } of this.#stanza.archives) {
      if (repoKey !== this.#repoKey) continue;
      const wal = createWalListing();
      const listed = await this.#listFolder(`archive/${name}/${id}`, ['--recurse'], wal.add);
      if (!listed.ok) return listed;
      const listing = wal.result();
      const history = await this.#history(id, listing, histories, used);
      if (!history.ok) return history;
      archives.push({ id, databaseId, listing, history: history.value });
    }
    const folders = new Set<string>();
    const listed = await this.#listFolder(`backup/${name}`, [], ({ path, type }) => {
      if (type === 'path' && backupLabel.test(path)) folders.add(path);
    });
    if (!listed.ok) return listed;
    return {
      ok: true,
      value: {
        stanza: this.#stanza,
        repoKey: this.#repoKey,
        archiver: this.#plan.archiver,
        wasBackupRunning: ranBefore || (await this.#plan.isBackupRunning(this.#stanza)),
        archives,
        folders,
        atSeconds: Date.now() / 1000,
      },
    };
  }

  async #listFolder(
    path: string,
    options: readonly string[],
    onEntry: (entry: RepositoryEntry) => void,
  ): Promise<BackrestResult<number>> {
    const reader = createRepositoryListingReader(onEntry);
    const args = ['repo-ls', path, '--output=json', ...options, ...this.#scope()];
    const onOutput = (text: string): void => reader.push(text);
    const output = await this.#runner.run({ args, ...this.#limits, maxOutputBytes: maxListingBytes, onOutput });
    return output.ok ? reader.end() : output;
  }

  async #history(
    id: string,
    { timelines, histories: present }: WalListing,
    cache: HistoryCache,
    used: Set<string>,
  ): Promise<BackrestResult<readonly TimelineSwitch[]>> {
    const timeline = timelines.at(-1)?.timeline;
    if (timeline === undefined || timeline === 1 || !present.includes(timeline)) return { ok: true, value: [] };
    const key = JSON.stringify([this.#stanza.name, this.#repoKey, id, timeline]);
    used.add(key);
    const known = cache.get(key);
    if (known !== undefined) return { ok: true, value: known };
    const file = `${timeline.toString(16).toUpperCase().padStart(8, '0')}.history`;
    const args = ['repo-get', `archive/${this.#stanza.name}/${id}/${file}`, ...this.#scope()];
    const output = await this.#runner.run({ args, ...this.#limits, maxOutputBytes: 1024 * 1024 });
    if (!output.ok) return output;
    const history = parseTimelineHistory(output.value.stdout);
    cache.set(key, history);
    return { ok: true, value: history };
  }

  #scope(): readonly string[] {
    return ['--stanza', this.#stanza.name, `--repo=${this.#repoKey}`];
  }
}
