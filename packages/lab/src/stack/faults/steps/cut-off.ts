import type { FaultRun } from '../../fault.ts';

/** What one host sends to others vanishes, or goes through again. */
export async function setBlackholes(
  run: FaultRun,
  from: string,
  to: readonly string[],
  state: 'on' | 'off',
): Promise<void> {
  for (const other of to) if (other !== from) await run.setBlackhole(from, other, state);
}

/** Names of the etcd hosts other than this one. */
export function etcdHosts(run: FaultRun): readonly string[] {
  return run.topology.etcd.map(({ name }) => name);
}

/** Names of the cluster's members and of the etcd hosts. */
export function clusterHosts(run: FaultRun): readonly string[] {
  return [...new Set([...run.topology.members.map(({ name }) => name), ...etcdHosts(run)])];
}
