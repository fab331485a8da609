import type { FaultRun } from '../../fault.ts';
import { killDaemon } from './kill-daemon.ts';
import { patroniOf } from './patroni-view.ts';
import { restartPatroni, untilOthersFollow } from './rejoin.ts';

/**
 * Plugs a former primary in again, with a new Patroni: the old one remembers a lock that somebody else may have by now,
 * and Patroni before 3.0.3 with etcd v3 writes the leader key without a condition (patroni/patroni#2689): it would take
 * the lock back, and what the new primary has acknowledged would be lost.
 */
export async function reconnect(run: FaultRun, member: string, plugIn: () => Promise<void>): Promise<void> {
  const patroni = patroniOf(run, member);
  if (patroni.pid !== undefined) await killDaemon(run, patroni);
  await untilOthersFollow(run, member);
  await plugIn();
  await restartPatroni(run, member);
}
