import { defineProbe } from '../../probe.ts';
import { readTlsEndpointFact, type TlsEndpointFact } from '../tls-endpoint.ts';

/** A TLS handshake with the pooler, and the certificate it shows. No login is made. */
export const pgbouncerTls = defineProbe({
  id: 'pgbouncer.tls',
  subject: 'pgbouncer',
  title: 'TLS handshake with PgBouncer over the network and the certificate it shows (no login)',
  live: 'asks PgBouncer once for TLS and shakes hands, without logging in',
  privilege: 'none: a TCP connection (a Unix socket has no TLS)',
  grants: [],
  collect: ({ target, signal }): Promise<TlsEndpointFact> => readTlsEndpointFact(target, signal),
});
