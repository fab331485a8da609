import { defineClusterCheck, fail, pass, undecided, warn, type Evidence } from '../../check.ts';
import { seenMembers } from '../members.ts';

export const clusterFailoverHistory = defineClusterCheck({
  id: 'cluster-failover-history',
  catalogue: ['HA-018'],
  title: { en: 'Every change of the primary is explained', zh: '主库变更历史均有说明' },
  severity: 'medium',
  rationale: {
    en: 'A failover that nobody planned is the trace of an incident; several in a month are an instability that the next one may turn into an outage.',
    zh: '非计划切换是事件的痕迹；一个月内多次发生说明系统不稳定，下一次可能造成中断。',
  },
  remediation: {
    en: 'Write an incident or change record for each, and list its timeline under params.cluster-failover-history.explained.',
    zh: '为每次切换补充事件或变更记录，并将其时间线登记到 params.cluster-failover-history.explained。',
  },
  fix: ['patronictl history {cluster}'],
  members: 'partial',
  needs: ['patroni.history'],
  /** Timelines that ended by a record (change, drill, incident); unexplained ones allowed in the window. */
  params: { windowDays: 30, maxUnexplained: 3, explained: [0] },
  evaluate({ 'patroni.history': histories }, { windowDays, maxUnexplained, explained }, { at }) {
    const [first] = seenMembers(histories);
    if (first === undefined) return undecided({ en: 'no member answered', zh: '没有成员应答，无法判定' });
    const since = new Date(Date.parse(at) - windowDays * 86_400_000).toISOString().slice(0, 10);
    const timed = first.value.filter((line) => line.at !== null && line.at.slice(0, 10) >= since);
    const evidence: Evidence = {
      fact: 'patroni.history',
      subject: first.member,
      at: `timelines that ended since ${since}`,
      actual: timed.map(({ timeline, newLeader }) => `${timeline} ${newLeader ?? 'null'}`).join('\n'),
      expected: { en: 'each explained', zh: '均有说明' },
      shell: `{curl} {url}/history | jq -r '.[] | select((.[3] // "") >= "${since}") | "\\(.[0]) \\(.[4])"'`,
    };
    const open = timed.filter(({ timeline }) => !explained.includes(timeline));
    if (open.length === 0) {
      return pass(
        {
          en: `changes of the primary in ${windowDays} days: ${timed.length}, all explained`,
          zh: `经核查，${windowDays} 天内主库变更 ${timed.length} 次，均有说明，符合要求`,
        },
        evidence,
      );
    }
    const list = open.map(
      ({ timeline, newLeader, at: when }) => `${timeline} (${when?.slice(0, 16) ?? ''}Z to ${newLeader ?? '?'})`,
    );
    const reason = {
      en: `changes of the primary without a record: timelines ${list.join(', ')}`,
      zh: `经核查，${windowDays} 天内未说明的主库变更 ${open.length} 次：时间线 ${list.join('、')}`,
    };
    return open.length > maxUnexplained ? fail(reason, evidence) : warn(reason, evidence);
  },
});
