import { parseBackrestInfo, type BackrestFailure, type BackrestRunner, type BackupInfo } from '@pgattest/connect';

/** A backup whose databases are to be counted. */
export interface WantedBackup {
  readonly stanza: string;
  readonly backup: BackupInfo;
}

/** Databases by backup. A completed backup never changes, so each is asked for once. */
export type DatabaseCounts = ReadonlyMap<string, number>;

/** Key of a backup: one label may exist in two repositories. */
export function backupKey(stanza: string, { repoKey, label }: Pick<BackupInfo, 'repoKey' | 'label'>): string {
  return JSON.stringify([stanza, repoKey, label]);
}

/** Counts what has not been counted, with at most `parallel` processes; counts of backups not wanted are forgotten. */
export async function countDatabases(
  runner: BackrestRunner,
  wanted: readonly WantedBackup[],
  known: DatabaseCounts,
  limits: { readonly parallel: number; readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<{ readonly counts: DatabaseCounts; readonly failure: BackrestFailure | undefined }> {
  const counts = new Map<string, number>();
  const queue: WantedBackup[] = [];
  for (const one of wanted) {
    const key = backupKey(one.stanza, one.backup);
    const count = known.get(key);
    if (count === undefined) queue.push(one);
    else counts.set(key, count);
  }
  let failure: BackrestFailure | undefined;
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && !limits.signal.aborted; next = queue.shift()) {
      const count = await countOne(runner, next, limits);
      if (typeof count === 'number') counts.set(backupKey(next.stanza, next.backup), count);
      else failure ??= count;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, limits.parallel) }, worker));
  return { counts, failure };
}

async function countOne(
  runner: BackrestRunner,
  { stanza, backup: { label, repoKey } }: WantedBackup,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<number | BackrestFailure> {
  const repo = repoKey === 0 ? [] : [`--repo=${repoKey}`];
  const args = ['info', '--output=json', '--stanza', stanza, '--set', label, ...repo];
  const output = await runner.run({ args, timeoutMs, signal });
  const parsed = output.ok ? parseBackrestInfo(output.value.stdout) : output;
  if (!parsed.ok) return parsed.failure;
  const found = parsed.value.stanzas
    .flatMap(({ backups }) => backups)
    .find((backup) => backup.label === label && backup.repoKey === repoKey);
  if (found?.databases !== undefined) return found.databases;
  const message = `info --set ${label} of stanza ${stanza} lists no databases (pgBackRest before 2.41 cannot)`;
  return { class: 'other', message };
}
