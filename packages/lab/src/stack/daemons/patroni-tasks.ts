import { LabError } from '../../errors.ts';
import type { LabMaterials } from '../materials.ts';
import type { StartTask } from '../plan.ts';
import type { StackRun } from '../stack-run.ts';
import type { LabMember } from '../topology.ts';
import { firstLine } from './http-ready.ts';
import { planTimers } from './patroni-config.ts';

/** Gives both clusters the timers of their plan, which the start had made shorter. */
export function planTimersTask(materials: LabMaterials): StartTask {
  const { topology } = materials;
  const timers = planTimers(materials);
  return {
    title: `timers of the plan ${topology.options.rto}`,
    timeoutMs: 60_000,
    run: async (run) => {
      for (const members of [topology.members, topology.standbyMembers]) {
        if (members.length > 0) await setTimers(run, members, timers);
      }
      return Object.entries(timers)
        .map(([name, seconds]) => `${name} ${seconds} s`)
        .join(', ');
    },
  };
}

/** Any living member takes the change; it goes to etcd. */
async function setTimers(
  run: StackRun,
  members: readonly LabMember[],
  timers: Readonly<Record<string, number>>,
): Promise<void> {
  let why = 'no member answers';
  for (const { name } of members) {
    const answer = await run.patroni(name, 'PATCH', '/config', timers);
    if (answer?.status === 200) return;
    if (answer !== undefined) why = `${name} answers ${answer.status} ${firstLine(answer.body)}`;
  }
  throw new LabError('start_failed', `cannot set the timers of ${members[0]?.cluster ?? 'the cluster'}: ${why}`);
}
