import { createHash } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { signatureAlgorithmHashFromCertificate } from 'pg/lib/crypto/cert-signatures.js';

/** RFC 5929 section 4.1: the hash of the certificate's signature, and SHA-256 for those that are too weak. */
const hashes: Readonly<Record<string, string>> = {
  MD5: 'sha256',
  'SHA-1': 'sha256',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

const endPoint = 'p=tls-server-end-point,,';

/**
 * What the last message of a SCRAM login says of its channel, in base64 (RFC 5802 section 5.1, `c=`): that there is none
 * (`n,,`), that the server offered none (`y,,`), or which certificate the server showed. `clientFirst` is the client's
 * first message. Undefined when the login is of another kind, or the certificate is signed with something unheard of.
 */
export function channelBinding(mechanism: string, clientFirst: string, tls: TLSSocket | undefined): string | undefined {
  if (mechanism === 'SCRAM-SHA-256') {
    const header = ['n,,', 'y,,'].find((prefix) => clientFirst.startsWith(prefix));
    return header === undefined ? undefined : Buffer.from(header).toString('base64');
  }
  const certificate = tls?.getPeerX509Certificate()?.raw;
  if (mechanism !== 'SCRAM-SHA-256-PLUS' || !clientFirst.startsWith(endPoint) || certificate === undefined) {
    return undefined;
  }
  const hash = hashes[signatureAlgorithmHashFromCertificate(certificate)];
  if (hash === undefined) return undefined;
  const digest = createHash(hash).update(certificate).digest();
  return Buffer.concat([Buffer.from(endPoint), digest]).toString('base64');
}
