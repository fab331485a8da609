import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { killHost, startHost } from './steps/kill-host.ts';
import { untilOthersFollow, untilRejoined } from './steps/rejoin.ts';
import { getMemberTarget } from './steps/targets.ts';

/** Every process of a node ends at once, as when the power fails. */
export const nodeLost: Fault = {
  id: 'node-lost',
  title: 'Every process of a node (the primary unless named) ends at once: PostgreSQL, Patroni, PgBouncer, exporters',
  needs: 'nothing',
  expected: [
    {
      text: 'The primary lost: the lease runs out after ttl, the replica that is furthest is promoted, HAProxy follows: 15-40 s with the default plan, about 15 s with a short one.',
      source: 'Pigsty docs, HA: key timing formula; RTO trade-off matrix',
    },
    {
      text: 'At most maximum_lag_on_failover (1 MB) of acknowledged data is lost with asynchronous replication, nothing with synchronous.',
      source: 'Pigsty docs, HA: RPO',
    },
    {
      text: 'A replica lost: writes go on, reads go to the others.',
      source: 'Pigsty docs, failure scenarios: replica failure',
    },
  ],
  async apply(run, target) {
    const member = await getMemberTarget(run, target);
    await killHost(run, member);
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await untilOthersFollow(run, member);
    await startHost(run, member);
    await untilRejoined(run, member);
  },
};
