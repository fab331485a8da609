import type { FaultRun } from '../../fault.ts';
import { untilWell } from './cluster-health.ts';

/** Makes this member the primary in good order; nothing happens when it is. */
export async function switchOverTo(run: FaultRun, member: string): Promise<void> {
  await run.until(
    `${member} is the primary`,
    async () => {
      const primary = await run.findPrimary();
      if (primary === member) return undefined;
      if (primary === undefined) return 'no primary';
      const answer = await run.patroni(primary, 'POST', '/switchover', { leader: primary, candidate: member });
      return answer === undefined ? 'no answer' : `${answer.status} ${answer.body.slice(0, 200)}`;
    },
    120_000,
  );
  await untilWell(run, member);
}
