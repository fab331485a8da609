import { defineClusterCheck, fail, pass, undecided, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { seenMembers, type Seen } from '../members.ts';

export const clusterEtcdQuorum = defineClusterCheck({
  id: 'cluster-etcd-quorum',
  catalogue: ['ETCD-001'],
  title: { en: 'etcd survives the loss of a member', zh: 'etcd 具备法定多数且可容忍成员故障' },
  severity: 'critical',
  rationale: {
    en: 'Without a majority nobody can become or stay leader: one or two members lose it with the first failure, an even number tolerates no more than one less.',
    zh: '失去法定多数后无法选主或续约：一至两个成员在首次故障时即失去多数，偶数成员的容错能力与少一个成员相同。',
  },
  remediation: {
    en: 'Repair or replace members that are not healthy; run three or five voting members in different failure domains.',
    zh: '修复或替换异常成员；部署三个或五个具有投票权的成员并分布于不同故障域。',
  },
  fix: [
    'etcdctl member list',
    'etcdctl endpoint status --cluster -w table',
    'etcdctl member add {name} --peer-urls={url}',
  ],
  members: 'partial',
  needs: ['etcd.members', 'etcd.status'],
  /** Voting members: fewer fail. */
  params: { minMembers: 3 },
  evaluate({ 'etcd.members': lists, 'etcd.status': statuses }, { minMembers }) {
    const seen = seenMembers(statuses);
    const [list] = seenMembers(lists);
    if (list === undefined) return undecided({ en: 'no member of etcd answered', zh: 'etcd 没有成员应答，无法判定' });
    const voting = list.value.filter(({ isLearner }) => !isLearner);
    const evidence = [
      votersEvidence(list, minMembers),
      ...seen.map(({ member, value }): Evidence => ({
        fact: 'etcd.status',
        subject: member,
        at: 'healthy, has a leader',
        actual: `${value.isHealthy} ${value.leaderId !== null}`,
        expected: { en: 'true true', zh: 'true true' },
        shell: `echo "$({curl} {url}/health | jq -r '.health | tostring') $({etcdctl} endpoint status -w json | jq '(.[0].Status.leader // 0) != 0')"`,
      })),
    ];
    const identities = new Set(
      seenMembers(lists).map(({ value }) =>
        value
          .map(({ id }) => id)
          .toSorted()
          .join(','),
      ),
    );
    const leaders = new Set(seen.flatMap(({ value }) => (value.leaderId === null ? [] : [value.leaderId])));
    const healthy = voting.filter(({ id }) =>
      seen.some(({ value }) => value.memberId === id && value.isHealthy && value.leaderId !== null),
    );
    const names = voting.filter((voter) => !healthy.includes(voter)).map(({ id, name }) => name || id);
    const majority = Math.floor(voting.length / 2) + 1;
    const sick = seen.filter(({ value }) => !value.isHealthy || value.leaderId === null).map(({ member }) => member);

    if (identities.size > 1 || leaders.size > 1) {
      return fail(
        {
          en: 'members disagree on who is a member or who leads: they belong to different clusters, or to parts of one',
          zh: '经核查，etcd 各成员对成员列表或主节点的认知不一致，可能分属不同集群或网络分区',
        },
        ...evidence,
      );
    }
    if (sick.length > 0) {
      return fail(
        {
          en: `${sick.join(', ')} is not healthy or has no leader (healthy: ${healthy.length} of ${voting.length}, ${majority} are a majority)`,
          zh: `经核查，${sick.join('、')} 异常或无主节点（健康 ${healthy.length}/${voting.length}，法定多数为 ${majority}）`,
        },
        ...evidence,
      );
    }
    if (voting.length < minMembers) {
      return fail(
        {
          en: `${voting.length} voting member${voting.length === 1 ? '' : 's'}: the first failure ends the majority, ${minMembers} are wanted`,
          zh: `经核查，具有投票权的成员仅 ${voting.length} 个，首次故障即失去法定多数，应不少于 ${minMembers} 个`,
        },
        ...evidence,
      );
    }
    if (names.length > 0) {
      return undecided(
        {
          en: `${names.join(', ')} could not be seen; ${healthy.length} of ${voting.length} are proven healthy`,
          zh: `${names.join('、')} 未能核查，已确认健康 ${healthy.length}/${voting.length}，无法判定`,
        },
        ...evidence,
      );
    }
    if (voting.length % 2 === 0) {
      return warn(
        {
          en: `${voting.length} voting members tolerate no more failures than ${voting.length - 1}`,
          zh: `经核查，投票成员为偶数 ${voting.length} 个，容错能力与 ${voting.length - 1} 个相同`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `${voting.length} voting members, all healthy, tolerate ${voting.length - majority} failed`,
        zh: `经核查，${voting.length} 个投票成员均健康，可容忍 ${voting.length - majority} 个故障，符合要求`,
      },
      ...evidence,
    );
  },
});

const votersEvidence = ({ member, value }: Seen<FactMap['etcd.members']>, minMembers: number): Evidence => ({
  fact: 'etcd.members',
  subject: member,
  at: 'voting members',
  actual: value
    .filter(({ isLearner }) => !isLearner)
    .map(({ name }) => name)
    .toSorted()
    .join('\n'),
  expected: { en: `an odd number, at least ${minMembers}`, zh: `奇数，且不少于 ${minMembers} 个` },
  shell: `{etcdctl} member list -w json | jq -r '.members[] | select(.isLearner != true) | .name' | LC_ALL=C sort`,
});
