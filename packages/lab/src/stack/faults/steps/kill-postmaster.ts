import { LabError } from '../../../errors.ts';
import type { FaultRun } from '../../fault.ts';

/** SIGKILL to the postmaster; its children see it gone and end by themselves. */
export async function killPostmaster(run: FaultRun, member: string): Promise<void> {
  const pid = run.postmasterOf(member);
  if (pid === undefined) throw new LabError('not_running', `no PostgreSQL runs on ${member}; there is nothing to kill`);
  run.signal(pid, 'SIGKILL');
  await run.until(
    `the postmaster of ${member} is gone`,
    async () => (run.postmasterOf(member) === pid ? `pid ${pid} still runs` : undefined),
    20_000,
  );
}
