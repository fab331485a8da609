import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { patroniOf } from './steps/patroni-view.ts';
import { untilWellOrReinitialized } from './steps/rejoin.ts';
import { getReplicaTarget } from './steps/targets.ts';

/** Patroni of a replica is stopped in good order, and its PostgreSQL with it. */
export const replicaStopped: Fault = {
  id: 'replica-stopped',
  title: 'Patroni of a replica is stopped (SIGTERM), and its PostgreSQL with it',
  needs: 'nothing',
  expected: [
    {
      text: 'PostgreSQL is shut down together with Patroni.',
      source: 'Pigsty docs, HA: behaviour of Patroni, Patroni down on a replica',
    },
    {
      text: 'Writes are unaffected; reads go to the other replicas, and to the primary when there is none left.',
      source: 'Pigsty docs, failure scenarios: replica failure',
    },
    {
      text: 'Its replication slot stays on the primary and holds WAL, up to max_slot_wal_keep_size.',
      source: 'PostgreSQL docs, 27.2.6 replication slots',
    },
  ],
  async apply(run, target) {
    const member = await getReplicaTarget(run, target);
    await patroniOf(run, member).stop();
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    const patroni = patroniOf(run, member);
    if (patroni.pid === undefined) await patroni.start();
    await untilWellOrReinitialized(run, member);
  },
};
