import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { reconnect } from './steps/reconnect.ts';
import { getPrimaryTarget } from './steps/targets.ts';

/** The primary's network cable is pulled: etcd, the members and the clients are all out of reach. */
export const primaryPartitioned: Fault = {
  id: 'primary-partitioned',
  title: 'The primary is unplugged from the network, both directions',
  needs: 'namespaces',
  expected: [
    {
      text: 'The old primary cannot renew its lease nor reach the members, and demotes itself, before the majority side elects another.',
      source: 'Pigsty docs, failure scenarios: primary network isolation',
    },
    {
      text: 'There is never a moment with two writable primaries that clients can reach.',
      source: 'Patroni docs, DCS failsafe mode',
    },
    {
      text: 'Plugged in again, Patroni before 3.0.3 with etcd v3 may take the lock back from the new primary, for it writes the leader key without a condition: what was acknowledged meanwhile is lost. The healer replaces Patroni first.',
      source: 'patroni/patroni#2689; seen in this lab with 3.0.2',
    },
  ],
  async apply(run, target) {
    const member = await getPrimaryTarget(run, target);
    await run.setLink(member, 'down');
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await reconnect(run, member, async () => run.setLink(member, 'up'));
  },
};
