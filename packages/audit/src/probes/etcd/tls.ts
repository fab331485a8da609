import { requestTimeoutMs } from '../../probe-timeout.ts';
import { defineProbe } from '../../probe.ts';
import { meetAsStranger, type StrangerFact } from '../../stranger-fact.ts';

/** How the client port protects what it says. */
export const etcdTls = defineProbe({
  id: 'etcd.tls',
  subject: 'etcd',
  title: 'TLS handshake with the client port, and whether it answers without a client certificate (GET /version)',
  privilege: 'none; neither the login nor the client certificate of the auditor is used',
  live: 'shakes hands with the client port of etcd, then sends GET /version, without login or client certificate',
  grants: [],
  collect: ({ target, signal }): Promise<StrangerFact> =>
    meetAsStranger(target, { component: 'etcd', path: '/version', timeoutMs: requestTimeoutMs, signal }),
});
