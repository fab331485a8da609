import { loadPublicKey } from '@pgattest/runtime';
import type { EvaluationConfig } from '../evaluation.ts';
import { keysById } from '../evidence/record-signature.ts';
import type { AuditSettings } from '../settings.ts';
import { readAttestations } from './read-attestations.ts';

/** What persons confirmed about a cluster, as it is at this moment. Errors: RuntimeError naming the file. */
export async function observeAttestations(
  cluster: string,
  { attestationsDir, attestationKeys }: Pick<AuditSettings, 'attestationsDir' | 'attestationKeys'>,
): Promise<NonNullable<EvaluationConfig['attestations']>> {
  const keys = await Promise.all(attestationKeys.map((file) => loadPublicKey(file, 'pgattest audit keygen')));
  const observed = await readAttestations(attestationsDir, cluster, keysById(keys));
  return { mustBeSigned: keys.length > 0, observed };
}
