import type { AlertGroup } from '../../model.ts';
import { etcdAlarm } from './etcd-alarm.ts';
import { etcdCommitSlow } from './etcd-commit-slow.ts';
import { etcdLeaderFlapping } from './etcd-leader-flapping.ts';
import { etcdMemberDown } from './etcd-member-down.ts';
import { etcdMemberWithoutLeader } from './etcd-member-without-leader.ts';
import { etcdNoLeader } from './etcd-no-leader.ts';
import { etcdPeerSlow } from './etcd-peer-slow.ts';
import { etcdProposalsFailing } from './etcd-proposals-failing.ts';
import { etcdQuorumAtRisk } from './etcd-quorum-at-risk.ts';
import { etcdQuorumLost } from './etcd-quorum-lost.ts';
import { etcdQuotaFilling } from './etcd-quota-filling.ts';
import { etcdQuotaNearlyUsed } from './etcd-quota-nearly-used.ts';
import { etcdSyncSlow } from './etcd-sync-slow.ts';

/** etcd, which Patroni keeps its lock in. */
export const etcdAlertGroup: AlertGroup = {
  name: 'etcd',
  about: 'etcd, which Patroni keeps its lock in',
  category: 'etcd',
  interval: '10s',
  dashboard: 'pgattest-ha',
  alerts: [
    etcdAlarm,
    etcdCommitSlow,
    etcdLeaderFlapping,
    etcdMemberDown,
    etcdMemberWithoutLeader,
    etcdNoLeader,
    etcdPeerSlow,
    etcdProposalsFailing,
    etcdQuorumAtRisk,
    etcdQuorumLost,
    etcdQuotaFilling,
    etcdQuotaNearlyUsed,
    etcdSyncSlow,
  ],
};
