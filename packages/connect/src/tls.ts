import type { KeyObject } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { ConnectError } from './errors.ts';
import { isUnixSocket, nameOfTarget } from './postgres/describe.ts';
import type { PgTarget } from './postgres/session-api.ts';
import { openTransport } from './postgres/transport.ts';

/** A certificate as an auditor cites it. Dates are ISO 8601 UTC. */
export interface CertificateFacts {
  /** `CN=db1, O=example`. */
  readonly subject: string;
  readonly issuer: string;
  /** `DNS:db1`, `IP Address:127.0.0.1`. */
  readonly san: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  /** `rsa`, `ec`, `ed25519`. */
  readonly keyType: string | undefined;
  readonly keyBits: number | undefined;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  /** SHA-256 of the DER, upper-case hexadecimal with colons. */
  readonly fingerprint256: string;
}

/** What a server's TLS endpoint agrees to and shows. */
export interface TlsEndpoint {
  /** `TLSv1.3`. */
  readonly protocol: string;
  /** The IANA name of the cipher suite. */
  readonly cipher: string;
  readonly peer: CertificateFacts;
  /** Certificates the server sent, its own included. */
  readonly chainLength: number;
}

/**
 * Asks a PostgreSQL server for TLS, shakes hands and reads what it shows, without logging in. Nothing is verified and
 * old protocols are let through: the point is to see what is there. Errors: unsupported (no TLS, Unix socket),
 * unreachable, tls_failed, timeout, aborted.
 */
export async function readTlsEndpoint(target: PgTarget, signal: AbortSignal): Promise<TlsEndpoint> {
  const name = nameOfTarget(target);
  if (isUnixSocket(target)) throw new ConnectError('unsupported', `${name} is a Unix socket, which has no TLS`);
  const observed: PgTarget = {
    ...target,
    sslMode: 'require',
    sslRootCert: undefined,
    sslCert: undefined,
    sslKey: undefined,
  };
  const transport = await openTransport(observed, 'try', signal, {
    overrides: { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
  });
  try {
    if (transport.tls === undefined) throw new ConnectError('unsupported', `${name} does not offer TLS`);
    return describeEndpoint(transport.tls, name);
  } finally {
    transport.destroy();
  }
}

/** What an established TLS socket shows. Errors: tls_failed without a certificate. */
export function describeEndpoint(tls: TLSSocket, name: string): TlsEndpoint {
  const certificate = tls.getPeerX509Certificate();
  const protocol = tls.getProtocol();
  if (certificate === undefined || protocol === null) {
    throw new ConnectError('tls_failed', `${name} showed no certificate`);
  }
  return {
    protocol,
    cipher: tls.getCipher().standardName,
    peer: {
      subject: oneLine(certificate.subject),
      issuer: oneLine(certificate.issuer),
      san: (certificate.subjectAltName ?? '').split(', ').filter((word) => word !== ''),
      validFrom: new Date(certificate.validFrom).toISOString(),
      validTo: new Date(certificate.validTo).toISOString(),
      keyType: certificate.publicKey.asymmetricKeyType,
      keyBits: keyBits(certificate.publicKey),
      serial: certificate.serialNumber,
      fingerprint256: certificate.fingerprint256,
    },
    chainLength: chainLength(tls.getPeerCertificate(true)),
  };
}

/** node writes one attribute a line. */
function oneLine(name: string): string {
  return name.split('\n').join(', ');
}

function keyBits(key: KeyObject): number | undefined {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined) return modulusLength;
  const digits = /\d{3}/.exec(namedCurve ?? '')?.[0];
  if (digits !== undefined) return Number(digits);
  return key.asymmetricKeyType === 'ed25519' ? 256 : undefined;
}

/** The last certificate of a chain names itself as issuer, or has none although the type says so. */
function chainLength(certificate: DetailedPeerCertificate | undefined, seen: ReadonlySet<string> = new Set()): number {
  if (certificate === undefined || seen.has(certificate.fingerprint256)) return seen.size;
  return chainLength(certificate.issuerCertificate, new Set([...seen, certificate.fingerprint256]));
}
