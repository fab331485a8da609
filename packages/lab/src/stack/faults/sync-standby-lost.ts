import { RuntimeError } from '@pgattest/runtime';
import type { Fault } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { killHost, startHost } from './steps/kill-host.ts';
import { untilRejoined } from './steps/rejoin.ts';
import { getPrimary } from './steps/targets.ts';

/** The node of the synchronous standby is lost; for labs with synchronous_mode (`--durability crit`). */
export const syncStandbyLost: Fault = {
  id: 'sync-standby-lost',
  title: 'Every process of the synchronous standby ends at once',
  needs: 'nothing',
  expected: [
    {
      text: 'Commits wait until Patroni has made another replica synchronous; nothing acknowledged is lost.',
      source: 'Patroni docs, replication modes: synchronous mode',
    },
    {
      text: 'With synchronous_mode_strict and no other replica left, writes stay blocked; without strict the primary goes on alone.',
      source: 'Patroni docs, synchronous_mode_strict; Pigsty docs, availability versus consistency',
    },
  ],
  async apply(run, target) {
    const primary = await getPrimary(run);
    const rows = await run.sql(
      primary,
      `SELECT application_name FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum') ORDER BY 1`,
    );
    const standbys = rows.map(([name = '']) => name);
    const member = target ?? standbys[0];
    if (member === undefined) {
      throw new RuntimeError('usage', 'no standby is synchronous; use a lab with "--durability crit"');
    }
    if (!standbys.includes(member)) {
      throw new RuntimeError('usage', `${member} is not a synchronous standby; ${standbys.join(', ')} is`);
    }
    await killHost(run, member);
    return { member };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await startHost(run, member);
    await untilRejoined(run, member);
  },
};
