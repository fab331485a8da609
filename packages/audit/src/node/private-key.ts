import { createHash, createPublicKey, X509Certificate } from 'node:crypto';

/** SHA-256 of the public half of a private key (DER, SubjectPublicKeyInfo), so that the key itself stays where it is. */
export function publicKeyHash(pem: string): string | undefined {
  const [key] = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[\s\S]*?-----END \1PRIVATE KEY-----/u.exec(pem) ?? [];
  if (key === undefined) return undefined;
  try {
    return hashOf(createPublicKey(key).export({ type: 'spki', format: 'der' }));
  } catch {
    // Encrypted, or of a kind this program does not know: it cannot be compared.
    return undefined;
  }
}

/** The same of every certificate in a text that belongs to an authority. */
export function authorityHashes(pem: string): readonly string[] {
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/gu)].flatMap(([text]) => {
    try {
      const certificate = new X509Certificate(text);
      return certificate.ca ? [hashOf(certificate.publicKey.export({ type: 'spki', format: 'der' }))] : [];
    } catch {
      // Not a certificate although it says so: no authority.
      return [];
    }
  });
}

const hashOf = (der: Buffer): string => createHash('sha256').update(der).digest('hex');
