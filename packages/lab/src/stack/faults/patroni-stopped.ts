import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { patroniOf } from './steps/patroni-view.ts';
import { untilWellOrReinitialized } from './steps/rejoin.ts';
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
      text: 'Once it moves again it finds the lock lost, demotes its PostgreSQL and lets it follow the new primary.',
      source: 'Patroni docs, watchdog support: split brain of a paused process',
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
    if (patroni.pid === undefined) await patroni.start();
    else patroni.signal('SIGCONT');
    await untilWellOrReinitialized(run, member);
  },
};
