import type { KeyObject } from 'node:crypto';
import { keyIdOf } from '@pgattest/runtime';
import { isSignedBy, sealContent } from './content-seal.ts';
import type { ChainRecord, SealedRecord } from './record.ts';

/** Adds the hash and, with a key, the signature. The bytes filed are its canonical JSON. */
export const sealRecord = (record: ChainRecord, privateKey: KeyObject | undefined): SealedRecord => ({
  record,
  ...sealContent(record, privateKey),
});

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
  return isSignedBy(record, signature, key) ? undefined : 'carries a signature that does not belong to its content';
}
