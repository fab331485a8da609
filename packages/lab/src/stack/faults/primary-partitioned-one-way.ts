import type { Fault } from '../fault.ts';
import { clusterHosts, setBlackholes } from './steps/cut-off.ts';
import { getRemembered } from './steps/fault-state.ts';
import { untilWellOrReinitialized } from './steps/rejoin.ts';
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
  ],
  async apply(run, target) {
    const member = await getPrimaryTarget(run, target);
    await setBlackholes(run, member, clusterHosts(run), 'on');
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await setBlackholes(run, member, clusterHosts(run), 'off');
    await untilWellOrReinitialized(run, member);
  },
};
