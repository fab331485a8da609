import type { PatroniCluster, PatroniConfig } from '@pgattest/connect';
import { precondition, unknownPrecondition, type Precondition } from '../conduct/precondition.ts';
import { isPrimary, type ClusterSight } from './view.ts';

/** Everything a role change is decided on. */
export interface RoleChangeFacts {
  readonly cluster: PatroniCluster;
  readonly config: PatroniConfig;
  readonly sight: ClusterSight;
  /** The member to promote; undefined = Patroni chooses. */
  readonly candidate: string | undefined;
  /** Whether the service takes statements and is writable, or why that is not known. */
  readonly service: { readonly isWritable: boolean; readonly detail: string } | { readonly failure: string };
}

/** States of a standby that follows: 3.0.2 says running where later versions say streaming. */
const following = new Set(['running', 'streaming']);

/** Whether a role change may be started: every reason against it is named. */
export function roleChangePreconditions(facts: RoleChangeFacts): readonly Precondition[] {
  const { cluster, config, sight, candidate, service } = facts;
  const silent = sight.members.filter(({ status }) => status === undefined);
  const primaries = sight.members.filter(isPrimary).map(({ name }) => name);
  const leaders = cluster.members.filter(({ role }) => role === 'leader').map(({ name }) => name);
  const unlocked = sight.members.filter(({ status }) => status?.isClusterUnlocked === true).map(({ name }) => name);
  const failsafe = sight.members.filter(({ status }) => status?.isFailsafeActive === true).map(({ name }) => name);
  return [
    precondition(
      'members-answer',
      "every member's Patroni answers",
      silent.length === 0,
      silent.length === 0
        ? sight.members.map(({ name }) => name).join(', ')
        : silent.map(({ name, failure }) => `${name}: ${failure ?? '?'}`).join('; '),
    ),
    precondition(
      'one-primary',
      'exactly one member is a running primary and holds the leader lock',
      primaries.length === 1 && leaders.length === 1 && primaries[0] === leaders[0],
      `primary: ${primaries.join(', ') || 'none'}; leader: ${leaders.join(', ') || 'none'}`,
    ),
    precondition(
      'dcs-reachable',
      'the configuration store is reachable and the cluster locked',
      unlocked.length === 0 && failsafe.length === 0,
      [
        unlocked.length === 0 ? 'locked' : `unlocked says ${unlocked.join(', ')}`,
        failsafe.length === 0 ? 'failsafe mode not in use' : `failsafe mode in use on ${failsafe.join(', ')}`,
      ].join('; '),
    ),
    precondition(
      'not-paused',
      'Patroni is not paused',
      !cluster.isPaused && !config.isPaused,
      cluster.isPaused || config.isPaused ? 'paused; patronictl resume' : 'it manages the cluster',
    ),
    precondition(
      'no-scheduled-switchover',
      'no switchover is scheduled',
      cluster.scheduledSwitchover === undefined,
      cluster.scheduledSwitchover === undefined ? 'none' : `one at ${cluster.scheduledSwitchover.at}`,
    ),
    precondition(
      'no-standby-cluster',
      'the cluster is no standby cluster',
      !config.isStandbyCluster,
      config.isStandbyCluster ? 'its leader follows another cluster' : 'it has a primary of its own',
    ),
    ...candidatePreconditions(facts, leaders[0]),
    'failure' in service
      ? unknownPrecondition('service-writable', 'the service takes writes', service.failure)
      : precondition('service-writable', 'the service takes writes', service.isWritable, service.detail),
    ...(candidate === undefined ? [anyCandidate(facts, leaders[0])] : []),
  ];
}

function candidatePreconditions(
  { cluster, config, sight, candidate }: RoleChangeFacts,
  leader: string | undefined,
): readonly Precondition[] {
  if (candidate === undefined) return [];
  const listed = cluster.members.find(({ name }) => name === candidate);
  const fits = whyUnfit(candidateFacts(cluster, sight, candidate, leader), config);
  const title = `the candidate ${candidate} can take over`;
  if (listed === undefined) {
    const names = cluster.members.map(({ name }) => name).join(', ');
    return [precondition('candidate-fit', title, false, `there is no such member; there are ${names}`)];
  }
  const lag = listed.lagBytes === undefined ? 'its lag is not known' : `${listed.lagBytes} bytes behind`;
  return [precondition('candidate-fit', title, fits.length === 0, fits.length === 0 ? lag : fits.join('; '))];
}

function anyCandidate({ cluster, config, sight }: RoleChangeFacts, leader: string | undefined): Precondition {
  const standbys = cluster.members.filter(({ name }) => name !== leader);
  const reasons = standbys.map(
    ({ name }) => [name, whyUnfit(candidateFacts(cluster, sight, name, leader), config)] as const,
  );
  const fit = reasons.filter(([, why]) => why.length === 0).map(([name]) => name);
  const detail =
    fit.length > 0
      ? `can take over: ${fit.join(', ')}`
      : reasons.map(([name, why]) => `${name}: ${why.join(', ')}`).join('; ') || 'there is no standby';
  return precondition('candidate-fit', 'at least one standby can take over', fit.length > 0, detail);
}

interface CandidateFacts {
  readonly isLeader: boolean;
  readonly role: string;
  readonly state: string;
  readonly lagBytes: number | undefined;
  readonly timeline: number | undefined;
  readonly leaderTimeline: number | undefined;
  readonly tags: Readonly<Record<string, unknown>>;
}

function candidateFacts(
  cluster: PatroniCluster,
  sight: ClusterSight,
  name: string,
  leader: string | undefined,
): CandidateFacts {
  const listed = cluster.members.find((member) => member.name === name);
  const timelineOf = (member: string | undefined): number | undefined =>
    sight.members.find((one) => one.name === member)?.status?.timeline;
  return {
    isLeader: name === leader,
    role: listed?.role ?? 'unknown',
    state: listed?.state ?? 'unknown',
    lagBytes: listed?.lagBytes,
    timeline: timelineOf(name) ?? listed?.timeline,
    leaderTimeline: timelineOf(leader),
    tags: listed?.tags ?? {},
  };
}

/** Why Patroni would not, or should not, promote a member. */
function whyUnfit(candidate: CandidateFacts, config: PatroniConfig): readonly string[] {
  const { lagBytes, timeline, leaderTimeline } = candidate;
  return [
    ...(candidate.isLeader ? ['it is the leader'] : []),
    ...(following.has(candidate.state) ? [] : [`its state is ${candidate.state}`]),
    ...(candidate.tags['nofailover'] === true ? ['it is tagged nofailover'] : []),
    ...(lagBytes === undefined && !candidate.isLeader ? ['its lag is not known'] : []),
    ...(lagBytes !== undefined && lagBytes > config.maximumLagBytes
      ? [`it is ${lagBytes} bytes behind, more than maximum_lag_on_failover (${config.maximumLagBytes})`]
      : []),
    ...(timeline !== undefined && timeline === leaderTimeline
      ? []
      : [`its timeline is ${timeline ?? 'unknown'}, the leader's ${leaderTimeline ?? 'unknown'}`]),
    ...(config.synchronousMode === 'on' && candidate.role !== 'sync_standby' && !candidate.isLeader
      ? ['it is not the synchronous standby']
      : []),
  ];
}
