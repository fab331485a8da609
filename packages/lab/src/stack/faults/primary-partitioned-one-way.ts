import type { Fault } from '../fault.ts';
import { clusterHosts, setBlackholes } from './steps/cut-off.ts';
import { getRemembered } from './steps/fault-state.ts';
import { reconnect } from './steps/reconnect.ts';
import { getPrimaryTarget } from './steps/targets.ts';

/** What the primary sends to etcd and to the members vanishes; it still hears them, and clients still reach it. */
export const primaryPartitionedOneWay: Fault = {
  id: 'primary-partitioned-one-way',
  title: 'What the primary sends to etcd and the members vanishes; clients still reach it',
  needs: 'namespaces',
  expected: [
    {
      text: 'As good as full isolation for Patroni: the lease is not renewed, the members are not reached, the primary demotes itself and another is elected.',
      source: 'Pigsty docs, failure scenarios: primary network isolation',
    },
    {
      text: 'HAProxy still reaches the old primary and must not send writes there once it has lost the lock.',
      source: 'Patroni docs, REST API: GET /primary',
    },
    {
      text: 'Plugged in again, Patroni before 3.0.3 with etcd v3 may take the lock back from the new primary, for it writes the leader key without a condition: what was acknowledged meanwhile is lost. The healer replaces Patroni first.',
      source: 'patroni/patroni#2689; seen in this lab with 3.0.2',
    },
  ],
  async apply(run, target) {
    const member = await getPrimaryTarget(run, target);
    await setBlackholes(run, member, clusterHosts(run), 'on');
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await reconnect(run, member, async () => setBlackholes(run, member, clusterHosts(run), 'off'));
  },
};
