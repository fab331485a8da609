import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { killPostmaster } from './steps/kill-postmaster.ts';
import { untilWellOrReinitialized } from './steps/rejoin.ts';
import { getReplicaTarget } from './steps/targets.ts';

/** The PostgreSQL of a replica crashes as a whole; its Patroni lives. */
export const replicaPostmasterKilled: Fault = {
  id: 'replica-postmaster-killed',
  title: 'SIGKILL to the postmaster of a replica; its Patroni lives',
  needs: 'nothing',
  expected: [
    {
      text: 'Patroni starts PostgreSQL again; the primary and its clients notice nothing.',
      source: 'Pigsty docs, HA: behaviour of Patroni, PG down on a replica',
    },
    {
      text: 'Reads go to the other replicas, and to the primary when there is none left.',
      source: 'Pigsty docs, failure scenarios: replica failure',
    },
  ],
  async apply(run, target) {
    const member = await getReplicaTarget(run, target);
    await killPostmaster(run, member);
    return { member };
  },
  heal: (run, state) => untilWellOrReinitialized(run, getRemembered(state, 'member')),
};
