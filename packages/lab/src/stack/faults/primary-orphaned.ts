import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { killDaemon } from './steps/kill-daemon.ts';
import { patroniOf } from './steps/patroni-view.ts';
import { isWritable, reinitialize, restartPatroni } from './steps/rejoin.ts';
import { getPrimaryTarget } from './steps/targets.ts';

/** Split brain: the primary's Patroni is dead for good, another member is promoted, and both PostgreSQL take writes. */
export const primaryOrphaned: Fault = {
  id: 'primary-orphaned',
  title: 'Patroni of the primary is killed for good: another member is promoted, both take writes',
  needs: 'nothing',
  expected: [
    {
      text: 'A failover follows, and a split brain may; only a watchdog prevents it.',
      source: 'Pigsty docs, HA: behaviour of Patroni, Patroni crash on the primary',
    },
    {
      text: "Patroni's own metrics show one primary, for the orphan's are gone with its Patroni; only SQL (pg_is_in_recovery, the timeline) shows two.",
      source: 'seen in this lab',
    },
    {
      text: 'The orphan goes on archiving: a replica that is not streaming just then replays its WAL from the archive and is lost with it. Kill it (SIGKILL), for an orderly shutdown archives its last segment.',
      source: 'seen in this lab',
    },
    {
      text: 'Started again, Patroni may take the orphan back without pg_rewind, as a standby that streams and replays nothing; it must be made anew.',
      source: 'seen in this lab',
    },
  ],
  async apply(run, target) {
    const member = await getPrimaryTarget(run, target);
    await killDaemon(run, patroniOf(run, member));
    await run.until(
      'another member is promoted while the old primary still takes writes',
      async () => {
        const primary = await run.findPrimary();
        if (primary === undefined || primary === member) return `the primary is ${primary ?? 'nobody'}`;
        return (await isWritable(run, member)) ? undefined : `${member} does not take writes`;
      },
      300_000,
    );
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    const isDead = patroniOf(run, member).pid === undefined;
    await restartPatroni(run, member);
    // Somebody else started Patroni: whether it took the orphan back as it was cannot be told from outside.
    if (!isDead) await reinitialize(run, member);
  },
};
