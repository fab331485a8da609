import type { Fault, FaultRun } from '../fault.ts';
import { findMemberView, patchConfig } from './steps/patroni-view.ts';

/** Patroni is in maintenance mode for the whole cluster, and somebody forgot it. */
export const patroniPaused: Fault = {
  id: 'patroni-paused',
  title: 'Patroni of the whole cluster is paused (maintenance mode)',
  needs: 'nothing',
  expected: [
    {
      text: 'Everything goes on and nothing is repaired: no automatic failover, no restart of a PostgreSQL that ended.',
      source: 'Patroni docs, pause/resume mode for the cluster',
    },
    {
      text: 'Stopping Patroni leaves PostgreSQL running.',
      source: 'Pigsty docs, HA: behaviour of Patroni, Patroni down in maintenance mode',
    },
  ],
  async apply(run) {
    await patchConfig(run, { pause: true });
    await untilPaused(run, true);
    return {};
  },
  async heal(run) {
    await patchConfig(run, { pause: null });
    await untilPaused(run, false);
  },
};

async function untilPaused(run: FaultRun, isPaused: boolean): Promise<void> {
  await run.until(
    isPaused ? 'every member is paused' : 'no member is paused',
    async () => {
      for (const { name } of run.topology.members) {
        const view = await findMemberView(run, name);
        // A member that does not answer cannot be asked; health is a later question.
        if (view !== undefined && view.isPaused !== isPaused) return name;
      }
      return undefined;
    },
    120_000,
  );
}
