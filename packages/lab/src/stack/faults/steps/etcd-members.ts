import type { FaultRun } from '../../fault.ts';
import { labPorts } from '../../topology.ts';
import { killDaemon } from './kill-daemon.ts';

/** Names of the etcd hosts, the leader of Raft first when one is known. */
export async function listEtcd(run: FaultRun): Promise<readonly string[]> {
  const found = await Promise.all(
    run.topology.etcd.map(async ({ name, address }) => {
      const answer = await run.http(`http://${address}:${labPorts.etcdMetrics}/metrics`, { timeoutMs: 3_000 });
      return { name, isLeader: /^etcd_server_is_leader 1$/mu.test(answer?.body ?? '') };
    }),
  );
  return [...found.filter(({ isLeader }) => isLeader), ...found.filter(({ isLeader }) => !isLeader)].map(
    ({ name }) => name,
  );
}

/** SIGKILL to etcd on these hosts. */
export async function killEtcd(run: FaultRun, hosts: readonly string[]): Promise<void> {
  await Promise.all(hosts.map((host) => killDaemon(run, run.daemon(`etcd@${host}`))));
}

/** Starts etcd wherever it does not run, all at once: the first one is not ready before there is a majority. */
export async function startEtcd(run: FaultRun): Promise<void> {
  const down = run.topology.etcd.map(({ name }) => run.daemon(`etcd@${name}`)).filter(({ pid }) => pid === undefined);
  await Promise.all(down.map((daemon) => daemon.start()));
}
