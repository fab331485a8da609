import type { EtcdAlarm } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';
import { readOpenly } from './read-openly.ts';

/** Alarms that are raised; needs a quorum. */
export const etcdAlarms = defineProbe({
  id: 'etcd.alarms',
  subject: 'etcd',
  title: 'Alarms that are raised (/v3/maintenance/alarm)',
  privilege: 'a client certificate where etcd asks for one; a login where the version wants one',
  grants: [],
  collect: ({ target, signal }): Promise<readonly EtcdAlarm[]> => readOpenly(target, (client) => client.alarms(signal)),
});
