import type { KeyObject } from 'node:crypto';
import { parseRecord, type ChainRecord, type RunRecord, type SealedRecord } from './record.ts';
import { sealRecord } from './record-signature.ts';
import { canonicalJson } from './canonical-json.ts';
import { EvidenceError } from './errors.ts';
import { sha256 } from './hash.ts';
import { advance, type TrackedFinding, type TrackedFindings } from '../history/track.ts';
import type { EvidenceStore } from './store.ts';

/** Where the chain of a cluster stands. */
export interface ChainState {
  /** The newest record; undefined while there is none. */
  readonly head: SealedRecord | undefined;
  /** The newest record of a run. */
  readonly lastRun: (SealedRecord & { readonly record: RunRecord }) | undefined;
  /** What the runs so far say about every finding. */
  readonly tracked: TrackedFindings;
}

const nothingYet: ChainState = { head: undefined, lastRun: undefined, tracked: new Map() };

/** Hash over what is tracked: part of every run record, so that the cache of it can be trusted as far as the record is. */
export const hashOfTracked = (tracked: TrackedFindings): string => sha256(canonicalJson(Object.fromEntries(tracked)));

/** The state after one more record. */
export function follow(state: ChainState, sealed: SealedRecord): ChainState {
  const { record } = sealed;
  if (record.kind === 'reevaluation') return { ...state, head: sealed };
  return {
    head: sealed,
    lastRun: { ...sealed, record },
    tracked: advance(state.tracked, record.run.finishedAt, record.outcomes.changes),
  };
}

/**
 * Reads where the chain stands: from the cache and the records after it, or from the first record on when the cache is
 * not that of this chain. Errors: EvidenceError, when a record that is needed is missing or not as it was written.
 */
export async function readChainState(store: EvidenceStore, cluster: string): Promise<ChainState> {
  const { records } = await store.list(cluster);
  const last = records.at(-1) ?? 0;
  let state = (await readCachedState(store, cluster, last)) ?? nothingYet;
  for (let sequence = (state.head?.record.sequence ?? 0) + 1; sequence <= last; sequence += 1) {
    state = follow(state, await getRecord(store, cluster, sequence));
  }
  return state;
}

/** The newest completed run, or the newest from before there was a chain. Errors: EvidenceError. */
export async function findNewestRun(store: EvidenceStore, cluster: string): Promise<string | undefined> {
  const { lastRun } = await readChainState(store, cluster);
  return lastRun?.record.run.id ?? (await store.list(cluster)).runs.at(-1);
}

/** One record of the chain. Errors: EvidenceError missing, changed. */
export async function getRecord(store: EvidenceStore, cluster: string, sequence: number): Promise<SealedRecord> {
  const place = store.placeOfRecord(cluster, sequence);
  const text = await store.readRecord(cluster, sequence);
  const remedy = '"pgattest audit verify" says more';
  if (text === undefined) {
    throw new EvidenceError('missing', place, `evidence refused: record ${place} is missing from its chain; ${remedy}`);
  }
  const parsed = parseRecord(text);
  if (parsed.ok) return parsed.sealed;
  throw new EvidenceError('changed', place, `evidence refused: record ${place} ${parsed.problem}; ${remedy}`);
}

/**
 * Adds a record behind the head. `make` is given the state it will follow, again when another writer was faster.
 * Errors: EvidenceError.
 */
export async function appendRecord(
  store: EvidenceStore,
  cluster: string,
  make: (state: ChainState) => ChainRecord,
  privateKey: KeyObject | undefined,
): Promise<SealedRecord> {
  for (;;) {
    const state = await readChainState(store, cluster);
    const sealed = sealRecord(make(state), privateKey);
    // A lost race means that another record was added: some writer always gets ahead.
    if (await store.addRecord(cluster, sealed.record.sequence, canonicalJson(sealed))) {
      await writeCachedState(store, cluster, follow(state, sealed));
      return sealed;
    }
  }
}

/** Members that place a record behind this state. */
export const placeAfter = ({ head }: ChainState): Pick<ChainRecord, 'formatVersion' | 'sequence' | 'previous'> => ({
  formatVersion: 1,
  sequence: (head?.record.sequence ?? 0) + 1,
  ...(head === undefined ? {} : { previous: head.sha256 }),
});

async function writeCachedState(
  store: EvidenceStore,
  cluster: string,
  { lastRun, tracked }: ChainState,
): Promise<void> {
  if (lastRun === undefined) return;
  const text = canonicalJson({ sequence: lastRun.record.sequence, tracked: Object.fromEntries(tracked) });
  // The record is filed: a cache that cannot be written costs the next writer time and must not fail this one.
  await store.writeCache(cluster, text).catch(() => undefined);
}

/** The cached state when it is that of this chain: the record of the run it was made at vouches for what is tracked. */
async function readCachedState(store: EvidenceStore, cluster: string, last: number): Promise<ChainState | undefined> {
  const cached = parseCache(await store.readCache(cluster).catch(() => undefined));
  if (cached === undefined || cached.sequence > last) return undefined;
  const head = await getRecord(store, cluster, cached.sequence);
  const { record } = head;
  if (record.kind !== 'run' || record.outcomes.history !== hashOfTracked(cached.tracked)) return undefined;
  return { head, lastRun: { ...head, record }, tracked: cached.tracked };
}

function parseCache(text: string | undefined) {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeCachedState; its hash is compared before use
    const { sequence, tracked } = JSON.parse(text ?? '') as {
      readonly sequence: number;
      readonly tracked: Readonly<Record<string, TrackedFinding>>;
    };
    return { sequence, tracked: new Map(Object.entries(tracked)) };
  } catch {
    return undefined;
  }
}
