import type { Fault } from '../fault.ts';
import { killEtcd, listEtcd, startEtcd, untilLed } from './steps/etcd-members.ts';

/** All of etcd crashes. */
export const etcdGone: Fault = {
  id: 'etcd-gone',
  title: 'SIGKILL to every etcd member',
  needs: 'nothing',
  expected: [
    {
      text: 'With failsafe_mode and every member reachable: failsafe mode becomes active and the primary goes on.',
      source: 'Patroni docs, DCS failsafe mode',
    },
    {
      text: 'Without it: the primary demotes itself, there is no primary, nothing is writable.',
      source: 'Pigsty docs, HA: behaviour of Patroni, DCS down',
    },
  ],
  async apply(run) {
    const hosts = await listEtcd(run);
    await killEtcd(run, hosts);
    return { hosts: hosts.join(',') };
  },
  async heal(run) {
    await startEtcd(run);
    await untilLed(run);
  },
};
