import { ConnectError } from '@pgattest/connect';
import { requestTimeoutMs } from '../../probe-timeout.ts';
import { defineProbe } from '../../probe.ts';
import { meetAsStranger, type StrangerFact } from '../../stranger-fact.ts';
import { readOpenly } from './read-openly.ts';

/** How the peer ports of this member, by its own list, protect what members say to each other. */
export const etcdPeerTls = defineProbe({
  id: 'etcd.peer-tls',
  subject: 'etcd',
  title: 'TLS handshake with the peer port, and whether it answers without a certificate (GET /version)',
  privilege: 'none; neither the login nor the client certificate of the auditor is used at the peer port',
  live: 'shakes hands with the peer port of etcd, then sends GET /version, without a certificate',
  grants: [],
  async collect({ target, signal }): Promise<readonly StrangerFact[]> {
    const urls = await readOpenly(target, async (client) => {
      const { memberId } = await client.status(signal);
      const members = await client.members(signal);
      return members.find(({ id }) => id === memberId)?.peerUrls ?? [];
    });
    if (urls.length === 0) throw new ConnectError('invalid_data', 'etcd does not list this member with a peer address');
    const facts: StrangerFact[] = [];
    for (const url of urls) {
      facts.push(
        await meetAsStranger({ url }, { component: 'etcd', path: '/version', timeoutMs: requestTimeoutMs, signal }),
      );
    }
    return facts;
  },
});
