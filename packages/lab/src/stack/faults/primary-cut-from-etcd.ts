import type { Fault } from '../fault.ts';
import { etcdHosts, setBlackholes } from './steps/cut-off.ts';
import { getRemembered } from './steps/fault-state.ts';
import { reconnect } from './steps/reconnect.ts';
import { getPrimaryTarget } from './steps/targets.ts';

/** The primary alone loses etcd; members and clients are reachable. */
export const primaryCutFromEtcd: Fault = {
  id: 'primary-cut-from-etcd',
  title: 'The primary alone cannot reach etcd; members and clients can reach it',
  needs: 'namespaces',
  expected: [
    {
      text: 'The primary becomes a replica and another member is promoted.',
      source: 'Pigsty docs, HA: behaviour of Patroni, DCS network partition on the primary',
    },
    {
      text: 'Failsafe mode does not help: the members still see etcd, the lock runs out, and one of them takes it.',
      source: 'Patroni docs, DCS failsafe mode; seen in this lab',
    },
    {
      text: 'Plugged in again, Patroni before 3.0.3 with etcd v3 may take the lock back from the new primary, for it writes the leader key without a condition: what was acknowledged meanwhile is lost. The healer replaces Patroni first.',
      source: 'patroni/patroni#2689; seen in this lab with 3.0.2',
    },
  ],
  async apply(run, target) {
    const member = await getPrimaryTarget(run, target);
    await setBlackholes(run, member, etcdHosts(run), 'on');
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await reconnect(run, member, async () => setBlackholes(run, member, etcdHosts(run), 'off'));
  },
};
