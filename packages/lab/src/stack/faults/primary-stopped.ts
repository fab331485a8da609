import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { patroniOf } from './steps/patroni-view.ts';
import { untilOthersFollow, untilRejoined } from './steps/rejoin.ts';
import { getPrimaryTarget } from './steps/targets.ts';

/** Patroni of the primary is stopped in good order, as an administrator or a shutdown of the machine does. */
export const primaryStopped: Fault = {
  id: 'primary-stopped',
  title: 'Patroni of the primary is stopped (SIGTERM), and its PostgreSQL with it',
  needs: 'nothing',
  expected: [
    {
      text: 'PostgreSQL is shut down, the lock is given back at once and another member is promoted without waiting for the lease.',
      source: 'Pigsty docs, HA: behaviour of Patroni, Patroni down on the primary',
    },
  ],
  async apply(run, target) {
    const member = await getPrimaryTarget(run, target);
    await patroniOf(run, member).stop();
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await untilOthersFollow(run, member);
    const patroni = patroniOf(run, member);
    if (patroni.pid === undefined) await patroni.start();
    await untilRejoined(run, member);
  },
};
