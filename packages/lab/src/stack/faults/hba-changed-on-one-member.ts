import type { Fault, FaultRun } from '../fault.ts';
import { getRemembered } from './steps/fault-state.ts';
import { runChecked } from './steps/run-checked.ts';
import { getMemberTarget } from './steps/targets.ts';

const mark = '# a fault of the lab';

/** Somebody opens pg_hba.conf of one member by hand, past Patroni. */
export const hbaChangedOnOneMember: Fault = {
  id: 'hba-changed-on-one-member',
  title: 'pg_hba.conf of one member (the primary unless named) gets a rule that trusts everybody in its subnet',
  needs: 'nothing',
  expected: [
    {
      text: 'It holds on that member until Patroni writes the file again, at its next reload or restart.',
      source: 'Patroni docs, postgresql.pg_hba: Patroni manages the file',
    },
  ],
  async apply(run, target) {
    const member = await getMemberTarget(run, target);
    const file = await hbaFileOf(run, member);
    const content = withoutMarked(await runChecked(run, member, ['cat', file]));
    // The first rule that matches counts, and the last one of the lab refuses everybody.
    const rule = `host all all samenet trust ${mark}`;
    await run.writeFile(file, `${rule}\n${content}`, { owner: 'postgres', mode: 0o600 });
    await run.sql(member, 'SELECT pg_reload_conf()');
    return { member, file };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    const file = getRemembered(state, 'file');
    const content = await runChecked(run, member, ['cat', file]);
    if (content.includes(mark)) {
      await run.writeFile(file, withoutMarked(content), { owner: 'postgres', mode: 0o600 });
      await run.sql(member, 'SELECT pg_reload_conf()');
    }
  },
};

async function hbaFileOf(run: FaultRun, member: string): Promise<string> {
  const rows = await run.sql(member, 'SHOW hba_file');
  return rows[0]?.[0] ?? `${run.directoryOf(member)}/data/pg_hba.conf`;
}

function withoutMarked(content: string): string {
  return content
    .split('\n')
    .filter((line) => !line.includes(mark))
    .join('\n');
}
