import { createHash } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';

/** Certificates and key in PEM as they were read, and the oldest protocol. */
export interface TlsMaterial {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
}

/** TLS contexts made before: to take in certificates costs a connection a millisecond of CPU. */
export interface TlsContexts {
  /** Errors: those of node:tls for what is no certificate or key. */
  contextOf(material: TlsMaterial): SecureContext;
}

/** A program knows few authorities and has few certificates of its own. */
const mostEntries = 4;

/** Remembers contexts by what they were made of, so that a file that changed meanwhile has another one. */
export function createTlsContexts(): TlsContexts {
  const known = new Map<string, SecureContext>();
  return {
    contextOf(material) {
      const key = keyOf(material);
      const context = known.get(key) ?? createSecureContext(material);
      // The one asked for last is forgotten last.
      known.delete(key);
      known.set(key, context);
      const [oldest] = known.keys();
      if (known.size > mostEntries && oldest !== undefined) known.delete(oldest);
      return context;
    },
  };
}

/** A digest: a private key is not kept twice. */
const keyOf = ({ ca, cert, key, minVersion }: TlsMaterial): string =>
  [ca, cert, key]
    .map((pem) => (pem === undefined ? '-' : createHash('sha256').update(pem).digest('base64')))
    .concat(minVersion)
    .join(' ');
