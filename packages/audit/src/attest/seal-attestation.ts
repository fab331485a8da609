import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '../evidence/canonical-json.ts';
import { isSignedBy, sealContent } from '../evidence/content-seal.ts';
import { sha256 } from '../evidence/hash.ts';
import type { AttestationRecord, ObservedAttestation, SealedAttestation } from './attestation-record.ts';

/** Adds the hash and, with a key, the signature. The bytes filed are its canonical JSON. */
export const sealAttestation = (
  attestation: AttestationRecord,
  privateKey: KeyObject | undefined,
): SealedAttestation => ({ attestation, ...sealContent(attestation, privateKey) });

/** How a record is sealed, judged by the keys that are known; none known leaves a signature unchecked. */
export function sealOf(
  { attestation, sha256: hash, signature }: SealedAttestation,
  keys: ReadonlyMap<string, KeyObject>,
): Pick<ObservedAttestation, 'seal' | 'keyId'> {
  if (sha256(canonicalJson(attestation)) !== hash) return { seal: 'broken' };
  if (signature === undefined) return { seal: 'unsigned' };
  const { keyId } = signature;
  if (keys.size === 0) return { seal: 'unchecked', keyId };
  const key = keys.get(keyId);
  if (key === undefined) return { seal: 'other_key', keyId };
  return { seal: isSignedBy(attestation, signature, key) ? 'signed' : 'broken', keyId };
}
