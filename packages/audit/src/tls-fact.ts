import type { TlsEndpoint } from '@pgattest/connect';

/** What a client and a server agreed on, and the certificate the server showed. */
export interface TlsFact {
  /** `TLSv1.3`, and the IANA name of the cipher suite. */
  readonly protocol: string;
  readonly cipher: string;
  readonly subject: string;
  readonly issuer: string;
  readonly san: readonly string[];
  /** ISO 8601 UTC. */
  readonly validFrom: string;
  readonly validTo: string;
  /** `rsa`, `ec`, `ed25519`; null when unknown. */
  readonly keyType: string | null;
  readonly keyBits: number | null;
  readonly serial: string;
  readonly fingerprint256: string;
  readonly chainLength: number;
}

/** The same without what JSON cannot say. */
export const toTlsFact = ({ protocol, cipher, peer, chainLength }: TlsEndpoint): TlsFact => ({
  protocol,
  cipher,
  subject: peer.subject,
  issuer: peer.issuer,
  san: peer.san,
  validFrom: peer.validFrom,
  validTo: peer.validTo,
  keyType: peer.keyType ?? null,
  keyBits: peer.keyBits ?? null,
  serial: peer.serial,
  fingerprint256: peer.fingerprint256,
  chainLength,
});
