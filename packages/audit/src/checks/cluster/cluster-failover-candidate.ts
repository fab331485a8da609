import { defineClusterCheck, fail, pass, undecided, warn } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { seenMembers } from '../members.ts';
import { agreedConfig, configEvidence } from '../patroni-config.ts';
import { isLeader, isRunning, leadersOf } from '../patroni-evidence.ts';

type Member = FactMap['patroni.cluster']['members'][number];

export const clusterFailoverCandidate = defineClusterCheck({
  id: 'cluster-failover-candidate',
  catalogue: ['HA-012'],
  title: { en: 'Somebody can be promoted when the primary fails', zh: '存在可被提升的备库' },
  severity: 'high',
  rationale: {
    en: 'A replica with nofailover, too far behind, on another timeline or not running is never promoted: with no other one a failover does not happen.',
    zh: '带有 nofailover 标签、延迟过大、时间线不同或未运行的备库不会被提升；若没有其他备库，故障时将无法切换。',
  },
  remediation: {
    en: 'Clear nofailover (or a failover_priority of 0) where it is not meant, bring lagging replicas up, rebuild those on another timeline, or add a member.',
    zh: '清除不必要的 nofailover 标签（或为 0 的 failover_priority），恢复落后备库，重建时间线不一致的成员，或增加成员。',
  },
  fix: ['patronictl list {cluster}', 'patronictl reinit {cluster} {member}'],
  members: 'partial',
  needs: ['patroni.cluster', 'patroni.config'],
  /** Candidates wanted: below it warns, none fails. */
  params: { wanted: 2 },
  evaluate({ 'patroni.cluster': clusters, 'patroni.config': configs }, { wanted }) {
    const found = agreedConfig(configs);
    if (!found.ok) return found.verdict;
    const { maximumLagBytes } = found.agreed.settings;
    const views = seenMembers(clusters);
    // The leader reads its own key; any other view is as good while they agree (cluster-leader-agreed).
    const view =
      views.find(({ member, value }) => leadersOf(value).includes(member.replace(/\.patroni$/u, ''))) ?? views[0];
    if (view === undefined) return undecided({ en: 'no member answered', zh: '没有成员应答，无法判定' });
    const { members } = view.value;
    const leader = members.find(isLeader);
    const others = members.filter((member) => !isLeader(member));
    const judged = others.map((member) => ({
      member,
      why: findObstacle(member, leader?.timeline ?? null, maximumLagBytes),
    }));
    const candidates = judged.flatMap(({ member, why }) => (why === undefined ? [member.name] : []));
    const obstacles = judged.flatMap(({ member, why }) => (why === undefined ? [] : [`${member.name} (${why})`]));
    const evidence = [
      {
        fact: 'patroni.cluster' as const,
        subject: view.member,
        at: 'replicas: state, timeline, lag within the limit, nofailover, failover_priority',
        actual: others.map((member) => lineOf(member, maximumLagBytes)).join('\n'),
        expected: {
          en: `${wanted} running on the leader’s timeline, true, false`,
          zh: `至少 ${wanted} 个正常运行、时间线与主库一致、延迟在限值内且未禁止切换`,
        },
        shell: `{curl} {url}/cluster | jq -r '.members[] | select(.role != "leader" and .role != "standby_leader") | "\\(.name) \\(.state) \\(.timeline) \\(if (.lag | type) == "number" then .lag <= ${maximumLagBytes} else null end) \\(.tags.nofailover // false) \\(.tags.failover_priority)"'`,
      },
      configEvidence(found.agreed, 'maximum_lag_on_failover', { en: 'the limit of the lag', zh: '延迟限值' }),
    ];
    const because = obstacles.length > 0 ? `: ${obstacles.join(', ')}` : '';
    const becauseZh = obstacles.length > 0 ? `：${obstacles.join('、')}` : '';
    if (candidates.length === 0) {
      return fail(
        {
          en: `no replica can be promoted${because}`,
          zh: `经核查，没有可被提升的备库${becauseZh}`,
        },
        ...evidence,
      );
    }
    if (candidates.length < wanted) {
      return warn(
        {
          en: `one candidate is not enough after the first failure: ${candidates.join(', ')}${because}`,
          zh: `经核查，可被提升的备库仅 ${candidates.join('、')}${becauseZh}`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `can be promoted: ${candidates.join(', ')}`,
        zh: `经核查，可被提升的备库有 ${candidates.join('、')}，符合要求`,
      },
      ...evidence,
    );
  },
});

/** Why a replica would not be promoted; undefined when it would. */
function findObstacle(member: Member, timeline: number | null, maximumLagBytes: number): string | undefined {
  if (!isRunning(member)) return member.state;
  if (member.tags['nofailover'] === true || member.tags['failover_priority'] === 0) return 'nofailover';
  if (timeline !== null && member.timeline !== null && member.timeline !== timeline)
    return `timeline ${member.timeline}`;
  if (member.timeline === null) return 'timeline unknown';
  if (member.lagBytes === null) return 'lag unknown';
  return member.lagBytes > maximumLagBytes ? `lag over ${maximumLagBytes}` : undefined;
}

const lineOf = (member: Member, limit: number): string =>
  [
    member.name,
    member.state,
    member.timeline ?? 'null',
    member.lagBytes === null ? 'null' : member.lagBytes <= limit,
    member.tags['nofailover'] === true,
    JSON.stringify(member.tags['failover_priority'] ?? null),
  ].join(' ');
