import type { Fault } from '../fault.ts';
import { untilRejoined } from './steps/rejoin.ts';
import { getRemembered } from './steps/fault-state.ts';
import { killPostmaster } from './steps/kill-postmaster.ts';
import { getPrimaryTarget } from './steps/targets.ts';

/** The PostgreSQL of the primary crashes as a whole; its Patroni lives. */
export const primaryPostmasterKilled: Fault = {
  id: 'primary-postmaster-killed',
  title: 'SIGKILL to the postmaster of the primary; its Patroni lives',
  needs: 'nothing',
  expected: [
    {
      text: 'Patroni finds the process missing and starts PostgreSQL again on the same member.',
      source: 'Pigsty docs, HA: behaviour of Patroni, PG down on the primary',
    },
    {
      text: 'Only when the start fails or takes longer than primary_start_timeout another member takes over; writes are out for 15-30 s and less than 1 MB is lost.',
      source: 'Pigsty docs, failure scenarios: primary process crash',
    },
  ],
  async apply(run, target) {
    const member = await getPrimaryTarget(run, target);
    await killPostmaster(run, member);
    return { member };
  },
  heal: (run, state) => untilRejoined(run, getRemembered(state, 'member')),
};
