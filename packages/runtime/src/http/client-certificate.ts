import type { PeerCertificate } from 'node:tls';
import type { ClientAuthType } from './web-config-schema.ts';

/** What TLS itself found out about the client. */
export interface ClientFacts {
  /** The certificate was signed by the authority. */
  readonly isVerified: boolean;
  /** Undefined when the client sent none. */
  readonly certificate: Pick<PeerCertificate, 'subjectaltname'> | undefined;
}

/** Whether TLS has to ask for a certificate, and whether it may refuse the handshake for it. */
export function handshakeRules(type: ClientAuthType): {
  readonly requestCert: boolean;
  readonly rejectUnauthorized: boolean;
} {
  return { requestCert: type !== 'NoClientCert', rejectUnauthorized: type === 'RequireAndVerifyClientCert' };
}

/** Whether a client that made it through the handshake may go on. */
export function isWelcome(
  { isVerified, certificate }: ClientFacts,
  type: ClientAuthType,
  allowedSans: readonly string[],
): boolean {
  const hasOne = certificate !== undefined;
  const isNamed = (): boolean =>
    allowedSans.length === 0 || (hasOne && namesOf(certificate).some((name) => allowedSans.includes(name)));
  const answers: Readonly<Record<ClientAuthType, () => boolean>> = {
    NoClientCert: () => true,
    RequestClientCert: () => true,
    RequireAnyClientCert: () => hasOne,
    RequireClientCert: () => hasOne,
    VerifyClientCertIfGiven: () => !hasOne || isVerified,
    RequireAndVerifyClientCert: () => isVerified && hasOne && isNamed(),
  };
  return answers[type]();
}

/** `DNS:a, IP Address:10.0.0.1, email:x@y, URI:spiffe://z`; a name that needs quotes is written as JSON. */
function namesOf({ subjectaltname = '' }: Pick<PeerCertificate, 'subjectaltname'>): readonly string[] {
  const entries = subjectaltname.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  return entries.map((entry) => {
    const name = entry.trim().replace(/^[^:]+:/, '');
    if (!name.startsWith('"')) return name;
    const parsed: unknown = JSON.parse(name);
    return String(parsed);
  });
}
