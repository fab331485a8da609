import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { getMemberTarget } from './steps/targets.ts';

/** PgBouncer of a member is paused: clients connect and wait. */
export const pgbouncerPaused: Fault = {
  id: 'pgbouncer-paused',
  title: 'PgBouncer of a member (the primary unless named) is paused: clients connect and wait',
  needs: 'nothing',
  expected: [
    {
      text: 'Queries through the pool wait without an error until query_wait_timeout; cl_waiting grows; direct connections work.',
      source: 'PgBouncer docs, PAUSE; SIGUSR1',
    },
    {
      text: 'HAProxy checks Patroni, not PgBouncer: it goes on sending clients there.',
      source: 'Pigsty docs, HA: access layer, check port 8008',
    },
  ],
  async apply(run, target) {
    const member = await getMemberTarget(run, target);
    run.daemon(`pgbouncer@${member}`).signal('SIGUSR1');
    return { member };
  },
  async heal(run, state) {
    const pgbouncer = run.daemon(`pgbouncer@${getRemembered(state, 'member')}`);
    // Resuming what is not paused is only a line in its log.
    if (pgbouncer.pid === undefined) await pgbouncer.start();
    else pgbouncer.signal('SIGUSR2');
  },
};
