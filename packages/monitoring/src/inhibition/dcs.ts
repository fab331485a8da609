import type { Inhibition } from './inhibition.ts';

/**
 * etcd and those that rest on it. Its series carry a `cls` of their own, so that those of Patroni can be compared with
 * nothing: a site has one etcd.
 */
export const dcsInhibitions: readonly Inhibition[] = [
  {
    cause: 'EtcdQuorumLost',
    hides: ['EtcdNoLeader', 'EtcdMemberDown', 'EtcdMemberWithoutLeader', 'EtcdLeaderFlapping', 'EtcdProposalsFailing'],
    same: ['cls'],
    why: 'without a majority there is no leader and no write',
  },
  {
    cause: 'EtcdQuorumLost',
    hides: ['PatroniFailsafeActive', 'PatroniDcsUnseen', 'VipMissing'],
    same: [],
    why: 'Patroni and vip-manager read an etcd that cannot answer',
  },
  {
    cause: 'EtcdNoLeader',
    hides: ['EtcdMemberWithoutLeader', 'EtcdLeaderFlapping', 'EtcdProposalsFailing'],
    same: ['cls'],
    why: 'no member has a leader, so each has none',
  },
  {
    cause: 'EtcdNoLeader',
    hides: ['PatroniFailsafeActive', 'PatroniDcsUnseen', 'VipMissing'],
    same: [],
    why: 'Patroni and vip-manager read an etcd that cannot answer',
  },
  {
    cause: 'EtcdQuorumAtRisk',
    hides: ['EtcdMemberDown'],
    same: ['cls'],
    why: 'the member that is down is the margin that is gone',
  },
  {
    cause: 'EtcdAlarm',
    hides: ['EtcdQuotaNearlyUsed', 'EtcdQuotaFilling'],
    same: ['cls', 'ins'],
    why: 'the quota is used up already',
  },
  {
    cause: 'EtcdAlarm',
    hides: ['EtcdProposalsFailing'],
    same: ['cls'],
    why: 'with an alarm raised etcd refuses writes',
  },
  {
    cause: 'EtcdQuotaNearlyUsed',
    hides: ['EtcdQuotaFilling'],
    same: ['cls', 'ins'],
    why: 'it is nearly full now, not only by and by',
  },
  {
    cause: 'EtcdSyncSlow',
    hides: ['EtcdCommitSlow'],
    same: ['cls', 'ins'],
    why: 'both wait for the same disk',
  },
  {
    cause: 'EtcdSyncSlow',
    hides: ['EtcdLeaderFlapping'],
    same: ['cls'],
    why: 'a leader whose disk is slow sends its heartbeats late',
  },
  {
    cause: 'PatroniFailsafeActive',
    hides: ['PatroniDcsUnseen'],
    same: ['cls'],
    why: 'failsafe mode is what Patroni does without etcd',
  },
];
