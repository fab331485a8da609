import type { PatroniCluster, PatroniClusterMember, PatroniConfig, PatroniMemberStatus } from '@pgattest/connect';
import { describe, expect, it } from 'vitest';
import { refusalsOf } from '../conduct/precondition.ts';
import { findAbort, noMilestones, observe, type Milestones } from './milestones.ts';
import { longestOutage, type ProbeRow } from './outage.ts';
import { roleChangePreconditions, type RoleChangeFacts } from './role-preconditions.ts';
import type { ClusterSight, MemberSight } from './view.ts';

const status = (changes: Partial<PatroniMemberStatus> = {}): PatroniMemberStatus => ({
  state: 'running',
  role: 'replica',
  timeline: 3,
  xlog: {},
  isPaused: false,
  isClusterUnlocked: false,
  isFailsafeActive: false,
  isSyncStandby: false,
  isRestartPending: false,
  restartSettings: [],
  isWatchdogFailed: false,
  tags: {},
  name: undefined,
  version: '3.0.2',
  scope: 'pg-test',
  systemIdentifier: '1',
  ...changes,
});
const sees = (name: string, changes: Partial<PatroniMemberStatus> = {}): MemberSight => ({
  name,
  status: status(changes),
});
const silent = (name: string): MemberSight => ({ name, failure: 'no answer' });
const sightOf = (atMs: number, ...members: readonly MemberSight[]): ClusterSight => ({ atMs, members });
const member = (name: string, changes: Partial<PatroniClusterMember> = {}): PatroniClusterMember => ({
  name,
  role: 'replica',
  state: 'running',
  host: undefined,
  port: undefined,
  apiUrl: undefined,
  timeline: 3,
  lagBytes: 0,
  isRestartPending: false,
  tags: {},
  ...changes,
});
const config: PatroniConfig = {
  ttlSeconds: 30,
  loopWaitSeconds: 10,
  retryTimeoutSeconds: 10,
  maximumLagBytes: 1_048_576,
  synchronousMode: 'off',
  isSynchronousStrict: false,
  isFailsafe: true,
  isPaused: false,
  isStandbyCluster: false,
  document: {},
};
const cluster = (...members: readonly PatroniClusterMember[]): PatroniCluster => ({
  members,
  isPaused: false,
  scheduledSwitchover: undefined,
});
const { lagBytes: _, ...leaderFields } = member('n1', { role: 'leader' });
const healthy: RoleChangeFacts = {
  cluster: cluster(leaderFields, member('n2'), member('n3')),
  config,
  sight: sightOf(0, sees('n1', { role: 'primary' }), sees('n2'), sees('n3')),
  candidate: 'n2',
  service: { isWritable: true, detail: 'it leads to a primary' },
};
const { lagBytes: __, ...unknownLag } = member('n2');

describe('a role change', () => {
  it('may start when all is well, with a candidate or without', () => {
    expect(refusalsOf(roleChangePreconditions(healthy))).toEqual([]);
    expect(refusalsOf(roleChangePreconditions({ ...healthy, candidate: undefined }))).toEqual([]);
  });

  it.each<[string, Partial<RoleChangeFacts>, string]>([
    [
      'a member is silent',
      { sight: sightOf(0, sees('n1', { role: 'primary' }), sees('n2'), silent('n3')) },
      'members-answer',
    ],
    [
      'two say they are primary',
      { sight: sightOf(0, sees('n1', { role: 'primary' }), sees('n2', { role: 'primary' }), sees('n3')) },
      'one-primary',
    ],
    ['nobody holds the lock', { cluster: cluster(member('n1'), member('n2'), member('n3')) }, 'one-primary'],
    [
      'the primary is down',
      { sight: sightOf(0, sees('n1', { role: 'primary', state: 'crashed' }), sees('n2'), sees('n3')) },
      'one-primary',
    ],
    [
      'the store is lost',
      { sight: sightOf(0, sees('n1', { role: 'primary', isFailsafeActive: true }), sees('n2'), sees('n3')) },
      'dcs-reachable',
    ],
    ['Patroni is paused', { cluster: { ...healthy.cluster, isPaused: true } }, 'not-paused'],
    ['it is paused by its configuration', { config: { ...config, isPaused: true } }, 'not-paused'],
    [
      'a switchover is scheduled',
      { cluster: { ...healthy.cluster, scheduledSwitchover: { at: '2027-01-01', from: 'n1', to: undefined } } },
      'no-scheduled-switchover',
    ],
    ['it is a standby cluster', { config: { ...config, isStandbyCluster: true } }, 'no-standby-cluster'],
    ['the candidate is nobody', { candidate: 'n9' }, 'candidate-fit'],
    ['the candidate is the leader', { candidate: 'n1' }, 'candidate-fit'],
    [
      'the candidate lags',
      { cluster: cluster(leaderFields, member('n2', { lagBytes: 1_048_577 }), member('n3')) },
      'candidate-fit',
    ],
    ['the lag is unknown', { cluster: cluster(leaderFields, unknownLag, member('n3')) }, 'candidate-fit'],
    [
      'the candidate is tagged',
      { cluster: cluster(leaderFields, member('n2', { tags: { nofailover: true } }), member('n3')) },
      'candidate-fit',
    ],
    [
      'the candidate is stopped',
      { cluster: cluster(leaderFields, member('n2', { state: 'stopped' }), member('n3')) },
      'candidate-fit',
    ],
    [
      'the candidate is on another timeline',
      { sight: sightOf(0, sees('n1', { role: 'primary' }), sees('n2', { timeline: 2 }), sees('n3')) },
      'candidate-fit',
    ],
    ['the candidate is not synchronous', { config: { ...config, synchronousMode: 'on' } }, 'candidate-fit'],
    [
      'nobody can take over',
      {
        candidate: undefined,
        cluster: cluster(leaderFields, member('n2', { state: 'stopped' }), member('n3', { state: 'stopped' })),
      },
      'candidate-fit',
    ],
    [
      'the service leads to a standby',
      { service: { isWritable: false, detail: 'it leads to a standby' } },
      'service-writable',
    ],
    ['the service does not answer', { service: { failure: 'no answer' } }, 'service-writable'],
  ])('is refused when %s', (_name, changes, id) => {
    const refusals = refusalsOf(roleChangePreconditions({ ...healthy, ...changes }));
    expect(refusals.map((one) => one.id)).toContain(id);
  });

  it('may go to the synchronous standby', () => {
    const members = cluster(leaderFields, member('n2', { role: 'sync_standby' }), member('n3'));
    expect(
      refusalsOf(
        roleChangePreconditions({ ...healthy, cluster: members, config: { ...config, synchronousMode: 'on' } }),
      ),
    ).toEqual([]);
  });
});

describe('what is seen during a role change', () => {
  const before = { primary: 'n1', timeline: 3 };
  const watch = (...sights: readonly (readonly [ClusterSight, string | undefined])[]): Milestones =>
    sights.reduce<Milestones>((known, [sight, leader]) => observe(known, sight, before, leader), noMilestones);

  it('is timed by the first sight of each thing', () => {
    const known = watch(
      [sightOf(100, sees('n1', { role: 'primary', xlog: { location: 1000 } }), sees('n2')), 'n1'],
      [sightOf(200, sees('n1', { state: 'stopping' }), sees('n2')), 'n1'],
      [sightOf(300, sees('n1', { state: 'stopped' }), sees('n2')), 'n2'],
      [sightOf(400, sees('n1', { state: 'stopped' }), sees('n2', { role: 'primary', timeline: 4 })), 'n2'],
      [sightOf(500, sees('n1'), sees('n2', { role: 'primary', timeline: 4 })), 'n2'],
    );
    expect(known).toMatchObject({
      detectedMs: 200,
      electedMs: 300,
      promotedMs: 400,
      newPrimary: 'n2',
      newTimeline: 4,
      lastOldLocation: 1000,
    });
  });

  it('a primary on the old timeline is no promotion', () => {
    const known = watch([sightOf(100, silent('n1'), sees('n2', { role: 'primary', timeline: 3 })), undefined]);
    expect(known.promotedMs).toBeUndefined();
    expect(known.detectedMs).toBe(100);
  });

  it('two primaries for more than a moment stop the drill', () => {
    const both = sightOf(1, sees('n1', { role: 'primary' }), sees('n2', { role: 'primary', timeline: 4 }));
    expect(findAbort(watch([both, 'n2'], [both, 'n2']))).toBeUndefined();
    expect(findAbort(watch([both, 'n2'], [both, 'n2'], [both, 'n2'], [both, 'n2']))?.code).toBe('split_brain');
  });

  it('a second member lost for more than a moment stops the drill, the old primary does not', () => {
    const lost = sightOf(1, silent('n1'), sees('n2'), silent('n3'));
    const many = Array.from({ length: 15 }, () => [lost, undefined] as const);
    expect(findAbort(watch(...many))).toEqual({ code: 'second_failure', why: 'n3 does not answer either' });
    expect(
      findAbort(watch(...many.slice(0, 14), [sightOf(2, silent('n1'), sees('n2'), sees('n3')), undefined])),
    ).toBeUndefined();
  });
});

const row = (seq: number, endedMs: number, outcome: ProbeRow['outcome'] = 'acknowledged'): ProbeRow => ({
  seq,
  beganMs: endedMs - 5,
  endedMs,
  outcome,
});

describe('an outage', () => {
  it('lasts from the last row before to the first row after', () => {
    const rows = [row(1, 100), row(2, 200), row(3, 250, 'unknown'), row(4, 300, 'refused'), row(5, 1200), row(6, 1300)];
    expect(longestOutage(rows, 150)).toEqual({ fromMs: 200, toMs: 1200, failedAttempts: 2 });
  });

  it('before the change does not count', () => {
    expect(longestOutage([row(1, 100), row(2, 900), row(3, 1000), row(4, 1100)], 950)).toEqual({
      fromMs: 900,
      toMs: 1000,
      failedAttempts: 0,
    });
  });

  it('cannot be told from one row', () => {
    expect(longestOutage([row(1, 100), row(2, 200, 'refused')], 0)).toBeUndefined();
  });
});
