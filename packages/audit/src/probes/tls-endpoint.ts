import { ConnectError, readTlsEndpoint, type PgTarget } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';
import { toTlsFact, type TlsFact } from '../tls-fact.ts';

/** What the network endpoint shows a client that asks for TLS. */
export type TlsEndpointFact = { readonly offered: false } | ({ readonly offered: true } & TlsFact);

/** A TLS handshake with the server, and the certificate it shows. No login is made. */
export const pgTlsEndpoint = defineProbe({
  id: 'pg.tls-endpoint',
  subject: 'instance',
  title: 'TLS handshake over the network and the certificate the server shows (no login)',
  privilege: 'none in the database; a TCP connection (a Unix socket has no TLS)',
  grants: [],
  collect: ({ target, signal }): Promise<TlsEndpointFact> => readTlsEndpointFact(target, signal),
});

/** A handshake with what speaks PostgreSQL's protocol there, as a fact: what was not shown is null. */
export async function readTlsEndpointFact(target: PgTarget, signal: AbortSignal): Promise<TlsEndpointFact> {
  try {
    return { offered: true, ...toTlsFact(await readTlsEndpoint(target, signal)) };
  } catch (error) {
    // `unsupported` over TCP is an answer: it was asked and declined. On a Unix socket nothing was asked.
    if (error instanceof ConnectError && error.code === 'unsupported' && !target.host.startsWith('/')) {
      return { offered: false };
    }
    throw error;
  }
}
