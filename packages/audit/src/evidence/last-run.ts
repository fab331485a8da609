import { findNewestRun, readChainState } from './chain.ts';
import { readRunFrom, storeSource, type FiledRun } from './read.ts';
import type { RulePack } from './record.ts';
import type { EvidenceStore } from './store.ts';

/** The newest run of a cluster with the rules that judged it; undefined before the first. Errors: EvidenceError. */
export async function readLastRun(
  store: EvidenceStore,
  cluster: string,
): Promise<(FiledRun & { readonly rules: RulePack | undefined }) | undefined> {
  const { lastRun } = await readChainState(store, cluster);
  const runId = lastRun?.record.run.id ?? (await findNewestRun(store, cluster));
  if (runId === undefined) return undefined;
  return { ...(await readRunFrom(storeSource(store, cluster, runId))), rules: lastRun?.record.rules };
}
