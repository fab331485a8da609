import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { killDaemon } from './steps/kill-daemon.ts';
import { getMemberTarget } from './steps/targets.ts';

/** PgBouncer of a member crashes. */
export const pgbouncerKilled: Fault = {
  id: 'pgbouncer-killed',
  title: 'SIGKILL to PgBouncer of a member (the primary unless named)',
  needs: 'nothing',
  expected: [
    {
      text: 'Pooled connections (5433, 5434) to that member are refused while direct ones (5436, 5438) work.',
      source: 'Pigsty docs, HA: services',
    },
    {
      text: 'No failover: HAProxy and Patroni do not look at PgBouncer.',
      source: 'Pigsty docs, HA: access layer, check port 8008',
    },
  ],
  async apply(run, target) {
    const member = await getMemberTarget(run, target);
    await killDaemon(run, run.daemon(`pgbouncer@${member}`));
    return { member };
  },
  async heal(run, state) {
    const pgbouncer = run.daemon(`pgbouncer@${getRemembered(state, 'member')}`);
    if (pgbouncer.pid === undefined) await pgbouncer.start();
  },
};
