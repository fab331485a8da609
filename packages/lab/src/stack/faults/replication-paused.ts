import { LabError } from '../../errors.ts';
import type { Fault } from '../fault.ts';
import { untilWellOrReinitialized } from './steps/rejoin.ts';
import { findRememberedPid, getRemembered } from './steps/fault-state.ts';
import { findServerProcess } from './steps/server-process.ts';
import { getReplicaTarget } from './steps/targets.ts';

/** A replica receives nothing more, with its connection open. */
export const replicationPaused: Fault = {
  id: 'replication-paused',
  title: 'SIGSTOP to the walreceiver of a replica: it receives nothing more, the connection stays open',
  needs: 'nothing',
  expected: [
    {
      text: 'The lag grows at once in pg_stat_replication and in /cluster; writes go on.',
      source: 'PostgreSQL docs, 28.2.4 pg_stat_replication',
    },
    {
      text: '/replica?lag= of the replica turns to 503 and HAProxy takes it out where it checks with lag; plain /replica stays 200.',
      source: 'Patroni docs, REST API: GET /replica?lag',
    },
    {
      text: 'While it is behind by more than maximum_lag_on_failover it may not be promoted.',
      source: 'Patroni docs, dynamic configuration: maximum_lag_on_failover',
    },
  ],
  async apply(run, target) {
    const member = await getReplicaTarget(run, target);
    const pid = await findServerProcess(run, member, 'walreceiver');
    if (pid === undefined) throw new LabError('not_running', `${member} has no walreceiver; is it streaming?`);
    run.signal(pid, 'SIGSTOP');
    return { member, pid: String(pid) };
  },
  async heal(run, state) {
    const pid = findRememberedPid(state, 'pid');
    if (pid !== undefined) run.signal(pid, 'SIGCONT');
    await untilWellOrReinitialized(run, getRemembered(state, 'member'));
  },
};
