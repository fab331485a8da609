import { defineProbe } from '../probe.ts';
import { meetWithPostgresOffers, type TlsOffersFact } from '../tls-offers-fact.ts';

/** Whether the server declines weak cipher suites and curves. No handshake is completed, no login is made. */
export const pgTlsOffers = defineProbe({
  id: 'pg.tls-offers',
  subject: 'instance',
  title: 'Answers of the server to TLS hellos with weak cipher suites and curves (no handshake, no login)',
  live: 'sends PostgreSQL three TLS hellos that it should decline, and goes no further',
  privilege: 'none in the database; a TCP connection (a Unix socket has no TLS)',
  grants: [],
  collect({ target, signal }): Promise<TlsOffersFact> {
    return meetWithPostgresOffers(target, signal);
  },
});
