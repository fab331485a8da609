import { ConnectError, readTlsEndpoint, type TlsEndpoint } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';

/** What the network endpoint shows a client that asks for TLS. */
export type TlsEndpointFact =
  | { readonly offered: false }
  | {
      readonly offered: true;
      /** What this client and the server agreed on: `TLSv1.3`, and the IANA name of the cipher suite. */
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
    };

/** A TLS handshake with the server, and the certificate it shows. No login is made. */
export const pgTlsEndpoint = defineProbe({
  id: 'pg.tls-endpoint',
  subject: 'instance',
  title: 'TLS handshake over the network and the certificate the server shows (no login)',
  privilege: 'none in the database; a TCP connection (a Unix socket has no TLS)',
  grants: [],
  async collect({ target, signal }): Promise<TlsEndpointFact> {
    try {
      return tlsEndpointFact(await readTlsEndpoint(target, signal));
    } catch (error) {
      // `unsupported` over TCP is an answer: the server was asked and declined. On a Unix socket nothing was asked.
      if (error instanceof ConnectError && error.code === 'unsupported' && !target.host.startsWith('/')) {
        return { offered: false };
      }
      throw error;
    }
  },
});

/** A handshake as a fact: what was not shown is null. */
export const tlsEndpointFact = ({ protocol, cipher, peer, chainLength }: TlsEndpoint): TlsEndpointFact => ({
  offered: true,
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
