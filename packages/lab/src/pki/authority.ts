import { generateKeyPairSync } from 'node:crypto';
import { signCertificate } from './certificate.ts';

const dayMs = 86_400_000;
// Clocks of the machine and of whoever looks may differ a little.
const clockToleranceMs = 5 * 60_000;

/** A server's key and certificate, both PEM. */
export interface ServerIdentity {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority that exists for one laboratory; its private key never leaves this process. */
export interface Authority {
  /** PEM of the authority's own certificate: what clients trust. */
  readonly certificate: string;
  issue(commonName: string, names: readonly string[], terms?: IssueTerms): ServerIdentity;
}

/** What a certificate is for and how long; a server's for 90 days unless said. */
export interface IssueTerms {
  readonly role?: 'server' | 'client' | 'peer';
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

/** A new authority, valid for a year, issuing certificates for 90 days. */
export function createAuthority(commonName: string, now: Date): Authority {
  const authority = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const validFrom = new Date(now.getTime() - clockToleranceMs);
  const certificate = signCertificate({
    subject: commonName,
    issuer: commonName,
    publicKey: authority.publicKey,
    signingKey: authority.privateKey,
    role: 'authority',
    names: [],
    validFrom,
    validTo: new Date(now.getTime() + 365 * dayMs),
  });
  return {
    certificate,
    issue(subject, names, terms = {}) {
      const server = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
      return {
        certificate: signCertificate({
          subject,
          issuer: commonName,
          publicKey: server.publicKey,
          signingKey: authority.privateKey,
          role: terms.role ?? 'server',
          names,
          validFrom: terms.validFrom ?? validFrom,
          validTo: terms.validTo ?? new Date(now.getTime() + 90 * dayMs),
        }),
        key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}
