import { RuntimeError } from '@pgattest/runtime';
import { LabError } from '../../../errors.ts';
import type { FaultRun } from '../../fault.ts';

/** The writable member that holds the leader lock. Errors: not_running, when there is none to break. */
export async function getPrimary(run: FaultRun): Promise<string> {
  const primary = await run.findPrimary();
  if (primary !== undefined) return primary;
  throw new LabError(
    'not_running',
    'the cluster has no primary now; heal what is broken first ("pgattest lab status" says what)',
  );
}

/** The primary; naming another member is an error, so that nobody breaks something else than the fault says. */
export async function getPrimaryTarget(run: FaultRun, target: string | undefined): Promise<string> {
  const primary = await getPrimary(run);
  if (target === undefined || target === primary) return primary;
  throw new RuntimeError(
    'usage',
    `${target} is not the primary, ${primary} is; leave the target out or name ${primary}`,
  );
}

/** A replica: the named one, else the last in sequence that is not the primary. */
export async function getReplicaTarget(run: FaultRun, target: string | undefined): Promise<string> {
  const primary = await getPrimary(run);
  const replicas = run.topology.members.map(({ name }) => name).filter((name) => name !== primary);
  const chosen = target ?? replicas.at(-1);
  if (chosen !== undefined && replicas.includes(chosen)) return chosen;
  throw new RuntimeError('usage', `${target ?? 'nothing'} is not a replica; replicas are ${replicas.join(', ')}`);
}

/** A member of the main cluster: the named one, else the primary. */
export async function getMemberTarget(run: FaultRun, target: string | undefined): Promise<string> {
  const names = run.topology.members.map(({ name }) => name);
  if (target === undefined) return getPrimary(run);
  if (names.includes(target)) return target;
  throw new RuntimeError('usage', `${target} is not a member of the cluster; members are ${names.join(', ')}`);
}

/** An etcd member: the named one, else `fallback`. */
export function getEtcdTarget(run: FaultRun, target: string | undefined, fallback: string): string {
  const names = run.topology.etcd.map(({ name }) => name);
  const chosen = target ?? fallback;
  if (names.includes(chosen)) return chosen;
  throw new RuntimeError('usage', `${chosen} runs no etcd; ${names.join(', ')} do`);
}

/** The monitoring host is the only target that makes sense for what runs there. Errors: usage. */
export function assertMonitorTarget(run: FaultRun, target: string | undefined): void {
  if (target === undefined || target === run.topology.monitor.name) return;
  throw new RuntimeError('usage', `${target} runs no HAProxy; ${run.topology.monitor.name} does`);
}
