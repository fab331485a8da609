import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { formatIssue, keyIdOf, parseConfig } from '@pgattest/runtime';
import { canonicalJson } from './canonical-json.ts';
import { certificateSchema } from './certificate-schema.ts';
import type { Certificate, SignedCertificate } from './certificate.ts';

/** Adds digest and signature; the bytes of the file are `canonicalJson` of the result. */
export function signCertificate(certificate: Certificate, privateKey: KeyObject): SignedCertificate {
  const bytes = Buffer.from(canonicalJson(certificate));
  return {
    certificate,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    signature: {
      algorithm: 'Ed25519',
      keyId: keyIdOf(createPublicKey(privateKey)),
      value: sign(null, bytes, privateKey).toString('base64'),
    },
  };
}

/** What verification says: the certificate, or everything that is wrong, each in a sentence. */
export type Verification =
  | { readonly ok: true; readonly certificate: Certificate; readonly keyId: string }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Verifies the bytes of a certificate file against a public key: its form, its digest, the key, the signature. */
export function verifyCertificate(text: string, file: string, publicKey: KeyObject): Verification {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problems: [`${file} is not JSON: it was cut off or is another file`] };
  }
  const parsed = parseConfig<SignedCertificate>({ text, file, schema: certificateSchema });
  if (!parsed.ok) return { ok: false, problems: parsed.issues.map(formatIssue) };
  const { certificate, sha256, signature } = parsed.value;
  const bytes = Buffer.from(canonicalJson(certificate));
  const digest = createHash('sha256').update(bytes).digest('hex');
  const keyId = keyIdOf(publicKey);
  const problems: string[] = [];
  if (digest !== sha256) {
    problems.push(`the certificate was changed: its content has SHA-256 ${digest}, it was sealed with ${sha256}`);
  }
  if (canonicalJson(value) !== text) {
    problems.push('the file was changed: its bytes are not the canonical form that was written');
  }
  if (signature.keyId !== keyId) {
    problems.push(`another key: the certificate was signed with ${signature.keyId}, the key given is ${keyId}`);
  } else if (!verify(null, bytes, publicKey, Buffer.from(signature.value, 'base64'))) {
    problems.push('the signature does not belong to this content: the content or the signature was changed');
  }
  return problems.length === 0 ? { ok: true, certificate, keyId } : { ok: false, problems };
}
