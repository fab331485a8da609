import type { FaultRun } from '../../fault.ts';
import { labPorts } from '../../topology.ts';
import { killDaemon } from './kill-daemon.ts';
import { findMemberView, patroniOf } from './patroni-view.ts';

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

/** Waits until the members that run have etcd again: there is a primary, and nobody is in failsafe mode. */
export async function untilLed(run: FaultRun): Promise<void> {
  const running = run.topology.members.map(({ name }) => name).filter((name) => patroniOf(run, name).pid !== undefined);
  // Without a Patroni there is nobody to lead; whoever broke them heals them.
  if (running.length === 0) return;
  await run.until(
    'the cluster has a leader again',
    async () => {
      if ((await run.findPrimary()) === undefined) return 'no primary';
      for (const name of running) {
        const view = await findMemberView(run, name);
        if (view?.isFailsafeActive === true) return `${name} is in failsafe mode`;
        if (view?.isUnlocked === true) return `${name} sees a cluster without a leader`;
      }
      return undefined;
    },
    120_000,
  );
}
