import { loadSigningKey, version } from '@pgattest/runtime';
import { assess } from './assess.ts';
import type { PreviousRun } from './evaluation.ts';
import { readChainState, type ChainState } from './evidence/chain.ts';
import { EvidenceError } from './evidence/errors.ts';
import type { Filing } from './evidence/file-run.ts';
import { openStore } from './evidence/open-store.ts';
import { readRunFrom, storeSource } from './evidence/read.ts';
import type { EvidenceStore } from './evidence/store.ts';
import { rulePackOf } from './rule-pack.ts';
import type { AuditRules } from './rules.ts';
import type { AuditSettings } from './settings.ts';

/** Everything a run needs to file itself. */
export interface OpenFiling extends Filing {
  readonly store: EvidenceStore;
}

export interface FilingOptions {
  readonly settings: Pick<AuditSettings, 'store' | 'signingKey'>;
  readonly rules: AuditRules;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/**
 * Opens the store and reads the signing key, before anything is asked of the cluster: a run that could not be filed is not
 * begun. The caller closes the store. Errors: RuntimeError usage, EvidenceError unreadable.
 */
export async function openFiling({ settings, rules, env, signal, now }: FilingOptions): Promise<OpenFiling> {
  const { signingKey } = settings;
  const privateKey = signingKey === undefined ? undefined : await loadSigningKey(signingKey, 'pgattest audit keygen');
  const store = await openStore(settings.store, { env, signal });
  return { store, privateKey, rules: rulePackOf(rules, version), now: () => now().toISOString() };
}

/**
 * Outcomes of the newest run, judged by today's rules so that only what happened to the cluster shows as a change, with
 * what the chain says of each since it was first seen. Undefined before the first run. Errors: EvidenceError.
 */
export async function readPrevious(
  store: EvidenceStore,
  cluster: string,
  rules: AuditRules,
): Promise<PreviousRun | undefined> {
  const state = await readChainState(store, cluster);
  const runId = state.lastRun?.record.run.id ?? (await store.list(cluster)).runs.at(-1);
  if (runId === undefined) return undefined;
  const run = await readRunFrom(storeSource(store, cluster, runId));
  const { findings } = assess(run.snapshot, run.manifest, run.evaluation, rules);
  return { runId, findings: findings.map(({ id, outcome }) => ({ id, outcome, ...historyOf(state, id) })) };
}

/** As readPrevious; evidence that cannot be used is told and gives no comparison. */
export async function findPrevious(
  store: EvidenceStore,
  cluster: string,
  rules: AuditRules,
  onNote: ((note: string) => void) | undefined,
): Promise<PreviousRun | undefined> {
  try {
    return await readPrevious(store, cluster, rules);
  } catch (cause) {
    if (!(cause instanceof EvidenceError)) throw cause;
    onNote?.(`no comparison with the run before: ${cause.message}`);
    return undefined;
  }
}

/** What is tracked of a finding beside its outcome; nothing for one that never failed. */
function historyOf({ tracked }: ChainState, id: string): Omit<PreviousRun['findings'][number], 'id' | 'outcome'> {
  const known = tracked.get(id);
  if (known?.firstSeen === undefined) return {};
  const { firstSeen, changedAt, openSince } = known;
  return { firstSeen, changedAt, ...(openSince === undefined ? {} : { openSince }) };
}
