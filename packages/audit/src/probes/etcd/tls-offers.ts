import { defineProbe } from '../../probe.ts';
import { meetUrlWithOffers, type TlsOffersFact } from '../../tls-offers-fact.ts';

/** Whether the client port declines weak cipher suites and curves. */
export const etcdTlsOffers = defineProbe({
  id: 'etcd.tls-offers',
  subject: 'etcd',
  title: 'Answers of the client port to TLS hellos with weak cipher suites and curves (no handshake)',
  live: 'sends the client port of etcd three TLS hellos that it should decline, and goes no further',
  privilege: 'none; neither the login nor the client certificate of the auditor is used',
  grants: [],
  collect: ({ target, signal }): Promise<TlsOffersFact> => meetUrlWithOffers(target, signal),
});
