import type { Fault } from '../fault.ts';
import { archiveCommandFailing } from './archive-command-failing.ts';
import { certificateExpired } from './certificate-expired.ts';
import { certificateNearExpiry } from './certificate-near-expiry.ts';
import { clockSkewed } from './clock-skewed.ts';
import { etcdGone } from './etcd-gone.ts';
import { etcdMajorityLost } from './etcd-majority-lost.ts';
import { etcdMemberDown } from './etcd-member-down.ts';
import { haproxyKilled } from './haproxy-killed.ts';
import { hbaChangedOnOneMember } from './hba-changed-on-one-member.ts';
import { nodeLost } from './node-lost.ts';
import { patroniKilled } from './patroni-killed.ts';
import { patroniPaused } from './patroni-paused.ts';
import { patroniStopped } from './patroni-stopped.ts';
import { pgbouncerKilled } from './pgbouncer-killed.ts';
import { pgbouncerPaused } from './pgbouncer-paused.ts';
import { primaryCutFromEtcd } from './primary-cut-from-etcd.ts';
import { primaryOrphaned } from './primary-orphaned.ts';
import { primaryPartitionedOneWay } from './primary-partitioned-one-way.ts';
import { primaryPartitioned } from './primary-partitioned.ts';
import { primaryPostmasterKilled } from './primary-postmaster-killed.ts';
import { primaryStopped } from './primary-stopped.ts';
import { replayPaused } from './replay-paused.ts';
import { replicaCutFromEtcd } from './replica-cut-from-etcd.ts';
import { replicaPostmasterKilled } from './replica-postmaster-killed.ts';
import { replicaStopped } from './replica-stopped.ts';
import { replicationPaused } from './replication-paused.ts';
import { replicationSlow } from './replication-slow.ts';
import { repositoryUnreadable } from './repository-unreadable.ts';
import { settingChangedOnOneMember } from './setting-changed-on-one-member.ts';
import { syncStandbyLost } from './sync-standby-lost.ts';
import { walDiskFull } from './wal-disk-full.ts';

/** Every way to break the lab, in the order that `lab break` lists them: processes, network, etcd, then the quiet ones. */
export const faults: readonly Fault[] = [
  primaryPostmasterKilled,
  replicaPostmasterKilled,
  patroniKilled,
  patroniStopped,
  primaryStopped,
  replicaStopped,
  nodeLost,
  primaryOrphaned,
  syncStandbyLost,
  haproxyKilled,
  pgbouncerKilled,
  pgbouncerPaused,
  primaryPartitioned,
  primaryPartitionedOneWay,
  primaryCutFromEtcd,
  replicaCutFromEtcd,
  replicationPaused,
  replayPaused,
  replicationSlow,
  etcdMemberDown,
  etcdMajorityLost,
  etcdGone,
  walDiskFull,
  repositoryUnreadable,
  archiveCommandFailing,
  clockSkewed,
  certificateNearExpiry,
  certificateExpired,
  settingChangedOnOneMember,
  hbaChangedOnOneMember,
  patroniPaused,
];
