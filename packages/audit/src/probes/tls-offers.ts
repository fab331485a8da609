import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';
import { meetWithOffers, type TlsOffersFact } from '../tls-offers-fact.ts';

/** Whether the server declines weak cipher suites and curves. No handshake is completed, no login is made. */
export const pgTlsOffers = defineProbe({
  id: 'pg.tls-offers',
  subject: 'instance',
  title: 'Answers of the server to TLS hellos with weak cipher suites and curves (no handshake, no login)',
  live: 'sends PostgreSQL three TLS hellos that it should decline, and goes no further',
  privilege: 'none in the database; a TCP connection (a Unix socket has no TLS)',
  grants: [],
  async collect({ target, signal }): Promise<TlsOffersFact> {
    if (target.host.startsWith('/')) {
      throw new ConnectError('unsupported', `${target.host} is a Unix socket, which has no TLS`);
    }
    return meetWithOffers({ host: target.host, port: target.port, startsWith: 'postgres' }, undefined, signal);
  },
});
