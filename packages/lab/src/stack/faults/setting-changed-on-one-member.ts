import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { getMemberTarget } from './steps/targets.ts';

/** Somebody changes one setting on one member by hand, past Patroni. */
export const settingChangedOnOneMember: Fault = {
  id: 'setting-changed-on-one-member',
  title: 'log_connections is turned off on one member (the primary unless named) by ALTER SYSTEM, past Patroni',
  needs: 'nothing',
  expected: [
    {
      text: 'It holds on that member only and survives restarts; Patroni neither shows nor undoes it.',
      source: 'Patroni docs, configuration precedence: postgresql.auto.conf',
    },
  ],
  async apply(run, target) {
    const member = await getMemberTarget(run, target);
    await run.sql(member, 'ALTER SYSTEM SET log_connections = off');
    await run.sql(member, 'SELECT pg_reload_conf()');
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await run.sql(member, 'ALTER SYSTEM RESET log_connections');
    await run.sql(member, 'SELECT pg_reload_conf()');
  },
};
