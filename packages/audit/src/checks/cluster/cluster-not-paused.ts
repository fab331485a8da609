import { defineClusterCheck, fail, pass, undecided, warn, type Evidence } from '../../check.ts';
import { seenMembers, unseenMembers } from '../members.ts';

export const clusterNotPaused = defineClusterCheck({
  id: 'cluster-not-paused',
  catalogue: ['HA-010'],
  title: { en: 'Automatic failover is not switched off', zh: '集群未处于暂停（维护）状态' },
  severity: 'medium',
  rationale: {
    en: 'A paused cluster does not fail over: a pause that was forgotten after maintenance turns the next failure into an outage.',
    zh: '暂停状态下不会自动切换，维护后忘记恢复会使下一次故障直接造成中断。',
  },
  remediation: {
    en: 'Resume the cluster once the maintenance is over; let a change record bound every pause.',
    zh: '维护完成后立即恢复；每次暂停都应有变更单限定时长。',
  },
  fix: ['patronictl resume {cluster} --wait'],
  members: 'partial',
  needs: ['patroni.status'],
  /** True where a change record allows the pause now. */
  params: { maintenance: false },
  evaluate({ 'patroni.status': statuses }, { maintenance }) {
    const seen = seenMembers(statuses);
    const unseen = unseenMembers(statuses);
    const evidence = seen.map(({ member, value }): Evidence => ({
      fact: 'patroni.status',
      subject: member,
      at: 'paused',
      actual: String(value.isPaused),
      expected: { en: 'false', zh: 'false' },
      shell: `{curl} {url}/patroni | jq '.pause // false'`,
    }));
    const paused = seen.filter(({ value }) => value.isPaused).map(({ member }) => member);
    if (paused.length > 0) {
      const reason = {
        en: `${paused.join(', ')} is paused: there is no automatic failover`,
        zh: `经核查，${paused.join('、')} 处于暂停状态，无自动故障切换能力`,
      };
      return maintenance ? warn(reason, ...evidence) : fail(reason, ...evidence);
    }
    if (unseen.length > 0) {
      return undecided(
        {
          en: `${unseen.join(', ')} did not answer whether it is paused`,
          zh: `${unseen.join('、')} 未应答，无法判定是否暂停`,
        },
        ...evidence,
      );
    }
    return pass(
      { en: `none of ${seen.length} members is paused`, zh: `经核查，${seen.length} 个成员均未暂停，符合要求` },
      ...evidence,
    );
  },
});
