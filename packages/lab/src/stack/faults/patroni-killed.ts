import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { killDaemon } from './steps/kill-daemon.ts';
import { patroniOf } from './steps/patroni-view.ts';
import { restartPatroni } from './steps/rejoin.ts';
import { getMemberTarget } from './steps/targets.ts';

/** Patroni of a member crashes; its PostgreSQL goes on without a guard. */
export const patroniKilled: Fault = {
  id: 'patroni-killed',
  title: 'SIGKILL to the Patroni of a member (the primary unless named); its PostgreSQL lives',
  needs: 'nothing',
  expected: [
    {
      text: 'On the primary: the lease runs out and another member is promoted; the old one stays writable, which only a watchdog prevents.',
      source: 'Pigsty docs, HA: behaviour of Patroni, Patroni crash on the primary',
    },
    {
      text: 'On a replica: PostgreSQL is not stopped and goes on following the primary.',
      source: 'Pigsty docs, HA: behaviour of Patroni, Patroni crash on a replica',
    },
    {
      text: 'HAProxy takes the member out, for its health check has no answer.',
      source: 'Pigsty docs, HA: access layer',
    },
  ],
  async apply(run, target) {
    const member = await getMemberTarget(run, target);
    await killDaemon(run, patroniOf(run, member));
    return { member };
  },
  heal: (run, state) => restartPatroni(run, getRemembered(state, 'member')),
};
