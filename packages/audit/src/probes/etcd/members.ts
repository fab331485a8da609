import type { EtcdMember } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';
import { readOpenly } from './read-openly.ts';

/** Members of etcd as this one lists them, by name. */
export const etcdMembers = defineProbe({
  id: 'etcd.members',
  subject: 'etcd',
  title: 'Members of etcd and their addresses (/v3/cluster/member/list)',
  privilege: 'a client certificate where etcd asks for one; a login from 3.5 where access control is on',
  grants: [],
  collect: ({ target, signal }): Promise<readonly EtcdMember[]> =>
    readOpenly(target, (client) => client.members(signal)),
});
