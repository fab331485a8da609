import type { Fault } from '../fault.ts';
import { killEtcd, listEtcd, startEtcd, untilLed } from './steps/etcd-members.ts';

/** The smallest majority of etcd crashes, its leader with it. */
export const etcdMajorityLost: Fault = {
  id: 'etcd-majority-lost',
  title: 'SIGKILL to a majority of etcd, its leader included: what is left cannot write',
  needs: 'nothing',
  expected: [
    {
      text: 'With failsafe_mode: the primary goes on and takes writes, replicas go on following; no switchover, no failover, no change of configuration.',
      source: 'Pigsty docs, failure scenarios: etcd majority lost',
    },
    {
      text: 'Without failsafe_mode: the primary demotes itself, nothing is writable.',
      source: 'Pigsty docs, HA: behaviour of Patroni, DCS down',
    },
  ],
  async apply(run) {
    const members = await listEtcd(run);
    const hosts = members.slice(0, Math.floor(members.length / 2) + 1);
    await killEtcd(run, hosts);
    return { hosts: hosts.join(',') };
  },
  async heal(run) {
    await startEtcd(run);
    await untilLed(run);
  },
};
