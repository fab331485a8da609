import { RuntimeError } from '@pgattest/runtime';
import { getRecord } from './chain.ts';
import { proveInclusion, type InclusionProof } from './merkle.ts';
import { readManifest, storeSource } from './read.ts';
import type { EvidenceStore } from './store.ts';

/** A proof with the record that signs its root, and the commands that repeat it with a shell. */
export interface FileProof extends InclusionProof {
  readonly schemaVersion: 1;
  readonly cluster: string;
  readonly runId: string;
  /** Record whose `run.merkleRoot` is the root. */
  readonly record: { readonly sequence: number; readonly sha256: string; readonly place: string };
  /** Each prints a hash; the last one prints the root. */
  readonly commands: readonly string[];
}

/**
 * Proof that `<cluster>/<run id>/<path>` is a file of that run: a file can be handed over alone, with this beside it.
 * Errors: RuntimeError usage, when there is no such run or file; EvidenceError.
 */
export async function proveFile(store: EvidenceStore, name: string): Promise<FileProof> {
  const [, cluster, runId, path] = /^([^/]+)\/([^/]+)\/(.+)$/u.exec(name) ?? [];
  if (cluster === undefined || runId === undefined || path === undefined) {
    throw new RuntimeError('usage', `${name} is no file of a run; write <cluster>/<run id>/<path>`);
  }
  const { runs, records } = await store.list(cluster);
  if (!runs.includes(runId)) throw new RuntimeError('usage', `there is no run ${runId} of ${cluster} in ${store.name}`);
  const proof = proveInclusion((await readManifest(storeSource(store, cluster, runId))).files, path);
  if (proof === undefined) throw new RuntimeError('usage', `run ${runId} of ${cluster} has no file ${path}`);
  for (const sequence of records.toReversed()) {
    const { record, sha256 } = await getRecord(store, cluster, sequence);
    if (record.kind !== 'run' || record.run.id !== runId) continue;
    const place = store.placeOfRecord(cluster, sequence);
    return {
      schemaVersion: 1,
      cluster,
      runId,
      ...proof,
      record: { sequence, sha256, place },
      commands: commandsOf(proof),
    };
  }
  throw new RuntimeError('usage', `run ${runId} of ${cluster} never entered the chain: nothing vouches for its files`);
}

function commandsOf({ path, sha256: hash, steps }: InclusionProof): readonly string[] {
  const first = `at=$(printf 'leaf %s  %s\\n' ${hash} ${path} | sha256sum | cut -d' ' -f1)`;
  const rest = steps.map(({ side, sha256: neighbour }) => {
    const pair = side === 'left' ? `${neighbour} "$at"` : `"$at" ${neighbour}`;
    return `at=$(printf 'node %s %s\\n' ${pair} | sha256sum | cut -d' ' -f1)`;
  });
  return [`sha256sum ${path}`, first, ...rest, 'echo "$at"'];
}
