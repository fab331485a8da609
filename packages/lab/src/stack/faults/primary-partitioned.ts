import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { untilWellOrReinitialized } from './steps/rejoin.ts';
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
  ],
  async apply(run, target) {
    const member = await getPrimaryTarget(run, target);
    await run.setLink(member, 'down');
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await run.setLink(member, 'up');
    await untilWellOrReinitialized(run, member);
  },
};
