import { LabError } from '../../errors.ts';
import type { Fault } from '../fault.ts';
import { untilWellOrReinitialized } from './steps/rejoin.ts';
import { findRememberedPid, getRemembered } from './steps/fault-state.ts';
import { findServerProcess } from './steps/server-process.ts';
import { getReplicaTarget } from './steps/targets.ts';

/** A replica receives WAL and does not apply it. (pg_wal_replay_pause() is no use here: Patroni resumes it.) */
export const replayPaused: Fault = {
  id: 'replay-paused',
  title: 'SIGSTOP to the startup process of a replica: it receives WAL and applies none of it',
  needs: 'nothing',
  expected: [
    {
      text: 'Only the replay positions stand still; queries on the replica see old data.',
      source: 'PostgreSQL docs, 28.2.4 pg_stat_replication: replay_lsn',
    },
    {
      text: 'The lag of Patroni before 4.1 is computed from received WAL and stays 0.',
      source: 'Patroni 3.0 REST API, GET /cluster; seen in this lab',
    },
  ],
  async apply(run, target) {
    const member = await getReplicaTarget(run, target);
    const pid = await findServerProcess(run, member, 'startup');
    if (pid === undefined) throw new LabError('not_running', `${member} has no startup process; is it a replica?`);
    run.signal(pid, 'SIGSTOP');
    return { member, pid: String(pid) };
  },
  async heal(run, state) {
    const pid = findRememberedPid(state, 'pid');
    if (pid !== undefined) run.signal(pid, 'SIGCONT');
    await untilWellOrReinitialized(run, getRemembered(state, 'member'));
  },
};
