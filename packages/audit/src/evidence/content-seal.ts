import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { keyIdOf } from '@pgattest/runtime';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './hash.ts';

/** A signature of something filed. */
export interface ContentSignature {
  readonly algorithm: 'Ed25519';
  readonly keyId: string;
  /** base64 */
  readonly value: string;
}

/** What seals something filed: hash and signature of its canonical JSON, which is also what the file holds. */
export interface ContentSeal {
  readonly sha256: string;
  /** Left out without a key. */
  readonly signature?: ContentSignature;
}

/** Seals a content, signed where there is a key: the form of drill certificates. */
export function sealContent(content: unknown, privateKey: KeyObject | undefined): ContentSeal {
  const text = canonicalJson(content);
  if (privateKey === undefined) return { sha256: sha256(text) };
  const signature: ContentSignature = {
    algorithm: 'Ed25519',
    keyId: keyIdOf(createPublicKey(privateKey)),
    value: sign(null, Buffer.from(text), privateKey).toString('base64'),
  };
  return { sha256: sha256(text), signature };
}

/** Whether this key made this signature of this content. */
export const isSignedBy = (content: unknown, { value }: ContentSignature, publicKey: KeyObject): boolean =>
  verify(null, Buffer.from(canonicalJson(content)), publicKey, Buffer.from(value, 'base64'));
