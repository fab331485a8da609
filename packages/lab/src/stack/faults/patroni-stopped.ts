import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { killDaemon } from './steps/kill-daemon.ts';
import { patroniOf } from './steps/patroni-view.ts';
import { restartPatroni } from './steps/rejoin.ts';
import { getMemberTarget } from './steps/targets.ts';

/** Patroni of a member hangs: it neither renews its lease nor answers, and its PostgreSQL goes on. */
export const patroniStopped: Fault = {
  id: 'patroni-stopped',
  title: 'SIGSTOP to the Patroni of a member (the primary unless named): it hangs, its PostgreSQL lives',
  needs: 'nothing',
  expected: [
    {
      text: 'On the primary: the lease runs out and another member is promoted; without a watchdog the old one stays writable until its Patroni moves again.',
      source: 'Pigsty docs, failure scenarios: Patroni process failure; watchdog',
    },
    {
      text: 'Once it moves again it finds the lock lost and demotes its PostgreSQL.',
      source: 'Patroni docs, watchdog support: split brain of a paused process',
    },
    {
      text: 'Patroni before 3.0.3 with etcd v3 may take the lock back from the new leader instead, for it writes the leader key without a condition: what the new primary had acknowledged is lost, and its timeline in the archive keeps replicas from starting.',
      source: 'patroni/patroni#2689; seen in this lab with 3.0.2',
    },
  ],
  async apply(run, target) {
    const member = await getMemberTarget(run, target);
    patroniOf(run, member).signal('SIGSTOP');
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    const patroni = patroniOf(run, member);
    // Replaced, not continued: what it remembers of the lock is old.
    if (patroni.pid !== undefined) await killDaemon(run, patroni);
    await restartPatroni(run, member);
  },
};
