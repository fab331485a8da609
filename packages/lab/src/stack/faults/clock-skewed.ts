import { LabError } from '../../errors.ts';
import type { Fault, FaultRun } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { patroniOf } from './steps/patroni-view.ts';
import { untilWellOrReinitialized } from './steps/rejoin.ts';
import { getReplicaTarget } from './steps/targets.ts';

const skewSeconds = 120;

/** The clock of a replica is ahead, for its Patroni and its PostgreSQL (libfaketime); intervals stay true. */
export const clockSkewed: Fault = {
  id: 'clock-skewed',
  title: `The clock of a replica is ${skewSeconds} s ahead, for Patroni and PostgreSQL (both are restarted)`,
  needs: 'nothing',
  expected: [
    {
      text: 'The cluster goes on: leases are counted by etcd, positions are compared in bytes, not in time.',
      source: 'etcd docs, lease; Patroni docs, replication modes',
    },
    {
      text: 'Lag in seconds and certificate dates of that member are off by the skew; clocks must be synchronised before Patroni starts.',
      source: 'Pigsty docs, HA: known issue',
    },
  ],
  async apply(run, target) {
    const member = await getReplicaTarget(run, target);
    const library = await findFaketime(run, member);
    const patroni = patroniOf(run, member);
    await patroni.stop();
    const env = {
      LD_PRELOAD: library,
      FAKETIME: `+${skewSeconds}s`,
      // Both spellings: the name changed between versions. A skewed monotonic clock would freeze waits.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
    try {
      await patroni.start({ env });
    } catch (error) {
      // Nobody heals what could not be applied.
      await patroni.start();
      throw error;
    }
    await untilWellOrReinitialized(run, member);
    return { member, skewSeconds: String(skewSeconds) };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    const patroni = patroniOf(run, member);
    if (patroni.pid !== undefined) await patroni.stop();
    await patroni.start();
    await untilWellOrReinitialized(run, member);
  },
};

async function findFaketime(run: FaultRun, member: string): Promise<string> {
  const { stdout } = await run.run(member, ['sh', '-c', 'ls /usr/lib/*/faketime/libfaketime.so.1']);
  const [library = ''] = stdout.split('\n');
  if (library !== '') return library;
  throw new LabError('binaries_missing', 'libfaketime is not installed; run: apt-get install faketime');
}
