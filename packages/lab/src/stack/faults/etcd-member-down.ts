import type { Fault } from '../fault.ts';
import { killEtcd, listEtcd, startEtcd, untilLed } from './steps/etcd-members.ts';
import { getEtcdTarget } from './steps/targets.ts';

/** One etcd member crashes: the leader of Raft unless another one is named. */
export const etcdMemberDown: Fault = {
  id: 'etcd-member-down',
  title: 'SIGKILL to one etcd member (the leader unless named)',
  needs: 'nothing',
  expected: [
    {
      text: 'Of three, two are a majority: the service operates normally, PostgreSQL is unaffected.',
      source: 'Pigsty docs, failure scenarios: etcd single node failure',
    },
  ],
  async apply(run, target) {
    const [leader = ''] = await listEtcd(run);
    const host = getEtcdTarget(run, target, leader);
    await killEtcd(run, [host]);
    return { hosts: host };
  },
  async heal(run) {
    await startEtcd(run);
    await untilLed(run);
  },
};
