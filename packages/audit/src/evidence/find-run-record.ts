import { getRecord } from './chain.ts';
import { EvidenceError } from './errors.ts';
import type { SealedRecord } from './record.ts';
import type { EvidenceStore } from './store.ts';

/** The run that is looked for: its id, and the digest of the manifest that lies there. */
export interface RunIdentity {
  readonly runId: string;
  readonly digest: string;
}

/**
 * The record of a run in the chain of its cluster. Undefined when none names this run with this digest, or when the chain
 * cannot be read so far: what is broken in it, verification says. Errors: any that is no EvidenceError.
 */
export async function findRunRecord(
  store: EvidenceStore,
  cluster: string,
  { runId, digest }: RunIdentity,
): Promise<SealedRecord | undefined> {
  try {
    const { records } = await store.list(cluster);
    const read = (sequence: number): Promise<SealedRecord> => getRecord(store, cluster, sequence);
    const begin = await firstFiledSince(runId, records, read);
    // A clock that was set back may have filed it before its own time: the rest is looked at too, newest first.
    for (const sequence of [...records.slice(begin), ...records.slice(0, begin).toReversed()]) {
      const sealed = await read(sequence);
      const { record } = sealed;
      if (record.kind === 'run' && record.run.id === runId) return record.run.manifest === digest ? sealed : undefined;
    }
    return undefined;
  } catch (cause) {
    if (cause instanceof EvidenceError) return undefined;
    throw cause;
  }
}

/** Index of the first record that was filed at the time of the run or later; a run is filed soon after it began. */
async function firstFiledSince(
  runId: string,
  records: readonly number[],
  read: (sequence: number) => Promise<SealedRecord>,
): Promise<number> {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { record } = await read(records[middle] ?? 0);
    if (runTimeOf(record.filedAt) < runId.slice(0, 16)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `2026-11-21T20:33:19.123Z` as the beginning of a run id: `20261121T203319Z`. */
const runTimeOf = (instant: string): string => instant.replaceAll(/[-:]|\.\d+/gu, '');
