import { requestTimeoutMs } from '../../probe-timeout.ts';
import { defineProbe } from '../../probe.ts';
import { meetAsStranger, type StrangerFact } from '../../stranger-fact.ts';

/** How the REST API protects what it says. */
export const patroniTls = defineProbe({
  id: 'patroni.tls',
  subject: 'patroni',
  title: 'TLS handshake with the REST API, and whether it answers without a client certificate (GET /liveness)',
  privilege: 'none; neither the login nor the client certificate of the auditor is used',
  live: 'shakes hands with the REST API, then sends GET /liveness, without login or client certificate',
  grants: [],
  collect: ({ target, signal }): Promise<StrangerFact> =>
    meetAsStranger(target, { component: 'Patroni', path: '/liveness', timeoutMs: requestTimeoutMs, signal }),
});
