declare module 'pg/lib/crypto/cert-signatures.js' {
  /** Name of the hash that an X.509 certificate (DER) is signed with: `SHA-256`. Throws for what it does not know. */
  export function signatureAlgorithmHashFromCertificate(der: Buffer): string;
}
