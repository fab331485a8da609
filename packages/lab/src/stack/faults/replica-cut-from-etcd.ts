import type { Fault } from '../fault.ts';
import { etcdHosts, setBlackholes } from './steps/cut-off.ts';
import { getRemembered } from './steps/fault-state.ts';
import { untilWellOrReinitialized } from './steps/rejoin.ts';
import { getReplicaTarget } from './steps/targets.ts';

/** A replica alone loses etcd. */
export const replicaCutFromEtcd: Fault = {
  id: 'replica-cut-from-etcd',
  title: 'A replica alone cannot reach etcd',
  needs: 'namespaces',
  expected: [
    {
      text: 'Nothing happens: it goes on following the primary.',
      source: 'Pigsty docs, HA: behaviour of Patroni, DCS network partition on a replica',
    },
  ],
  async apply(run, target) {
    const member = await getReplicaTarget(run, target);
    await setBlackholes(run, member, etcdHosts(run), 'on');
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await setBlackholes(run, member, etcdHosts(run), 'off');
    await untilWellOrReinitialized(run, member);
  },
};
