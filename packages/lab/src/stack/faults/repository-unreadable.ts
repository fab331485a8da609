import { dirname } from 'node:path';
import { LabError } from '../../errors.ts';
import { repositoryPath } from '../daemons/paths.ts';
import type { Fault, FaultRun } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { runChecked } from './steps/run-checked.ts';
import { getMemberTarget } from './steps/targets.ts';

/** The first pgBackRest repository cannot be read nor written, as with a lost mount or a wrong owner. */
export const repositoryUnreadable: Fault = {
  id: 'repository-unreadable',
  title: 'The first pgBackRest repository may not be read nor written by anybody but root',
  needs: 'nothing',
  expected: [
    {
      text: 'Archiving and backups fail and WAL piles up on the primary; writes go on.',
      source: 'PostgreSQL docs, 26.3.1 setting up WAL archiving',
    },
    {
      text: '"pgbackrest info" still exits with 0; only its text says that the stanza cannot be read.',
      source: 'seen in this lab, pgBackRest 2.45',
    },
  ],
  async apply(run, target) {
    const member = await getMemberTarget(run, target);
    const path = repositoryPathOf(run, member);
    const mode = (await runChecked(run, member, ['stat', '-c', '%a', path])).trim();
    // Applied twice, the first mode is the one to go back to.
    const remembered = mode === '0' ? '750' : mode;
    await runChecked(run, member, ['chmod', '0', path]);
    return { member, path, mode: remembered };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    await runChecked(run, member, ['chmod', getRemembered(state, 'mode'), getRemembered(state, 'path')]);
  },
};

function repositoryPathOf(run: FaultRun, member: string): string {
  if (run.topology.options.backup) return repositoryPath({ directory: dirname(run.directoryOf(member)) }, 1);
  throw new LabError('fault_failed', 'this lab has no pgBackRest repository; start it without "--no-backup"');
}
