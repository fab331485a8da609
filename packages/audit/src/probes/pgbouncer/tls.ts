import { ConnectError, readTlsEndpoint } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';
import { tlsEndpointFact, type TlsEndpointFact } from '../tls-endpoint.ts';

/** A TLS handshake with the pooler, and the certificate it shows. No login is made. */
export const pgbouncerTls = defineProbe({
  id: 'pgbouncer.tls',
  subject: 'pgbouncer',
  title: 'TLS handshake with PgBouncer over the network and the certificate it shows (no login)',
  live: 'asks PgBouncer once for TLS and shakes hands, without logging in',
  privilege: 'none: a TCP connection (a Unix socket has no TLS)',
  grants: [],
  async collect({ target, signal }): Promise<TlsEndpointFact> {
    try {
      return tlsEndpointFact(await readTlsEndpoint(target, signal));
    } catch (error) {
      // `unsupported` over TCP is an answer: it was asked and declined. On a Unix socket nothing was asked.
      if (error instanceof ConnectError && error.code === 'unsupported' && !target.host.startsWith('/')) {
        return { offered: false };
      }
      throw error;
    }
  },
});
