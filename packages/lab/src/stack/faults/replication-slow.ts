import type { Fault } from '../fault.ts';
import { untilWell } from './steps/cluster-health.ts';
import { getRemembered } from './steps/fault-state.ts';
import { getReplicaTarget } from './steps/targets.ts';

// Below what a busy primary writes, far above what etcd and health checks need.
const kilobitPerSecond = 2_000;

/** The network towards a replica is narrow: it falls behind under load. (Kernels without netem can shape, not delay.) */
export const replicationSlow: Fault = {
  id: 'replication-slow',
  title: `What a replica receives is shaped to ${kilobitPerSecond / 1000} Mbit/s (tbf): it falls behind under load`,
  needs: 'namespaces',
  expected: [
    {
      text: 'Lag in bytes and seconds grows with the write load and shrinks after it; writes go on.',
      source: 'PostgreSQL docs, 28.2.4 pg_stat_replication',
    },
    {
      text: 'Data written and not yet sent is what an asynchronous failover loses: up to maximum_lag_on_failover.',
      source: 'Pigsty docs, HA: RPO timing breakdown',
    },
  ],
  async apply(run, target) {
    const member = await getReplicaTarget(run, target);
    await run.setRate(member, kilobitPerSecond);
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await run.setRate(member, undefined);
    await untilWell(run, member);
  },
};
