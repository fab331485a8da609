import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { keyIdOf } from '@pgattest/runtime';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './hash.ts';
import type { ChainRecord, SealedRecord } from './record.ts';

/** Adds the hash and, with a key, the signature: the form of drill certificates. The bytes filed are its canonical JSON. */
export function sealRecord(record: ChainRecord, privateKey: KeyObject | undefined): SealedRecord {
  const text = canonicalJson(record);
  return {
    record,
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

/** Public keys by key id. */
export const keysById = (keys: readonly KeyObject[]): ReadonlyMap<string, KeyObject> =>
  new Map(keys.map((key) => [keyIdOf(key), key]));

/** What is wrong with a record's signature, as the end of a sentence; undefined when one of the keys made it. */
export function signatureProblem(
  { record, signature }: SealedRecord,
  keys: ReadonlyMap<string, KeyObject>,
): string | undefined {
  if (signature === undefined) return 'is not signed';
  const key = keys.get(signature.keyId);
  if (key === undefined) {
    return `was signed with another key: ${signature.keyId}; the key given is ${[...keys.keys()].join(', ')}`;
  }
  const isGenuine = verify(null, Buffer.from(canonicalJson(record)), key, Buffer.from(signature.value, 'base64'));
  return isGenuine ? undefined : 'carries a signature that does not belong to its content';
}
