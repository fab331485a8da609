import { createHash, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bits, booleanTrue, der, explicit, integer, objectId, octets, sequence, setOf, utcTime, utf8 } from './der.ts';

/** What a certificate says; keys are ECDSA P-256, the signature is ecdsa-with-SHA256. */
export interface CertificateRequest {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  /** Key of the issuer; for a self-signed authority the one that belongs to `publicKey`. */
  readonly signingKey: KeyObject;
  /** `peer` is a server and a client at once, as the members of etcd are to each other. */
  readonly role: 'authority' | 'server' | 'client' | 'peer';
  /** Host names and IPv4 addresses; none for an authority or a client. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
}

const oid = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

const purposes = {
  server: [oid.serverAuth],
  client: [oid.clientAuth],
  peer: [oid.serverAuth, oid.clientAuth],
} as const;

/** A signed X.509 v3 certificate as PEM; Node reads certificates but cannot make them. Source: RFC 5280 section 4.1. */
export function signCertificate(request: CertificateRequest): string {
  const algorithm = sequence(objectId(oid.ecdsaWithSha256));
  const signed = sequence(
    explicit(0, integer(Uint8Array.of(2))),
    integer(Uint8Array.of(0x40, ...randomBytes(15))),
    algorithm,
    distinguishedName(request.issuer),
    sequence(utcTime(request.validFrom), utcTime(request.validTo)),
    distinguishedName(request.subject),
    publicKeyInfo(request.publicKey),
    explicit(3, sequence(...extensions(request))),
  );
  const signature = sign('sha256', signed, { key: request.signingKey, dsaEncoding: 'der' });
  const certificate = sequence(signed, algorithm, bits(signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${certificate.replaceAll(/.{64}/gu, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
}

function extensions(request: CertificateRequest): readonly Uint8Array[] {
  const own = octets(keyIdentifier(request.publicKey));
  const issuer = sequence(der(0x80, keyIdentifier(createPublicKey(request.signingKey))));
  const common = [extension(oid.subjectKeyIdentifier, own), extension(oid.authorityKeyIdentifier, issuer)];
  if (request.role === 'authority') {
    return [
      extension(oid.basicConstraints, sequence(booleanTrue), 'critical'),
      // keyCertSign (5) and cRLSign (6)
      extension(oid.keyUsage, bits(Uint8Array.of(0b0000_0110), 1), 'critical'),
      ...common,
    ];
  }
  return [
    extension(oid.basicConstraints, sequence(), 'critical'),
    // digitalSignature (0)
    extension(oid.keyUsage, bits(Uint8Array.of(0b1000_0000), 7), 'critical'),
    extension(oid.extendedKeyUsage, sequence(...purposes[request.role].map(objectId))),
    ...(request.names.length === 0 ? [] : [extension(oid.subjectAltName, sequence(...request.names.map(generalName)))]),
    ...common,
  ];
}

function extension(id: string, value: Uint8Array, critical?: 'critical'): Buffer {
  return sequence(objectId(id), ...(critical === undefined ? [] : [booleanTrue]), octets(value));
}

function generalName(name: string): Buffer {
  return isIPv4(name)
    ? der(0x87, Uint8Array.from(name.split('.').map(Number)))
    : der(0x82, Buffer.from(name, 'latin1'));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(setOf(sequence(objectId(oid.commonName), utf8(commonName))));
}

function publicKeyInfo(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

/** RFC 7093 method 1: leftmost 160 bits of the SHA-256; here over the whole key info, which is as unique. */
function keyIdentifier(key: KeyObject): Uint8Array {
  return createHash('sha256').update(publicKeyInfo(key)).digest().subarray(0, 20);
}
