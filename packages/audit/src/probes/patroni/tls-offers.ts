import { defineProbe } from '../../probe.ts';
import { meetUrlWithOffers, type TlsOffersFact } from '../../tls-offers-fact.ts';

/** Whether the REST API declines weak cipher suites and curves. */
export const patroniTlsOffers = defineProbe({
  id: 'patroni.tls-offers',
  subject: 'patroni',
  title: 'Answers of the REST API to TLS hellos with weak cipher suites and curves (no handshake)',
  live: 'sends the REST API of Patroni three TLS hellos that it should decline, and goes no further',
  privilege: 'none; neither the login nor the client certificate of the auditor is used',
  grants: [],
  collect: ({ target, signal }): Promise<TlsOffersFact> => meetUrlWithOffers(target, signal),
});
