import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { keyIdOf } from '@pgattest/runtime';
import { canonicalJson } from '../evidence/canonical-json.ts';
import { sha256 } from '../evidence/hash.ts';
import type { AttestationRecord, ObservedAttestation, SealedAttestation } from './attestation-record.ts';

/** Adds the hash and, with a key, the signature. The bytes filed are its canonical JSON. */
export function sealAttestation(attestation: AttestationRecord, privateKey: KeyObject | undefined): SealedAttestation {
  const text = canonicalJson(attestation);
  return {
    attestation,
    sha256: sha256(text),
    ...(privateKey === undefined
      ? {}
      : {
          signature: {
            algorithm: 'Ed25519',
            keyId: keyIdOf(createPublicKey(privateKey)),
            value: sign(null, Buffer.from(text), privateKey).toString('base64'),
          },
        }),
  };
}

/** How a record is sealed, judged by the keys that are known; none known leaves a signature unchecked. */
export function sealOf(
  { attestation, sha256: hash, signature }: SealedAttestation,
  keys: ReadonlyMap<string, KeyObject>,
): Pick<ObservedAttestation, 'seal' | 'keyId'> {
  const text = canonicalJson(attestation);
  if (sha256(text) !== hash) return { seal: 'broken' };
  if (signature === undefined) return { seal: 'unsigned' };
  const { keyId } = signature;
  if (keys.size === 0) return { seal: 'unchecked', keyId };
  const key = keys.get(keyId);
  if (key === undefined) return { seal: 'other_key', keyId };
  const isGenuine = verify(null, Buffer.from(text), key, Buffer.from(signature.value, 'base64'));
  return { seal: isGenuine ? 'signed' : 'broken', keyId };
}
