import { defineProbe } from '../../probe.ts';
import { meetWithPostgresOffers, type TlsOffersFact } from '../../tls-offers-fact.ts';

/** Whether the pooler declines weak cipher suites and curves. No handshake is completed, no login is made. */
export const pgbouncerTlsOffers = defineProbe({
  id: 'pgbouncer.tls-offers',
  subject: 'pgbouncer',
  title: 'Answers of PgBouncer to TLS hellos with weak cipher suites and curves (no handshake, no login)',
  live: 'sends PgBouncer three TLS hellos that it should decline, and goes no further',
  privilege: 'none: a TCP connection (a Unix socket has no TLS)',
  grants: [],
  collect({ target, signal }): Promise<TlsOffersFact> {
    return meetWithPostgresOffers(target, signal);
  },
});
