import { defineClusterCheck, notApplicable, pass, undecided, warn } from '../../check.ts';
import { findSeen, seenMembers, unseenMembers } from '../members.ts';
import { settingEvidence } from '../setting-evidence.ts';

export const clusterDelayedReplica = defineClusterCheck({
  id: 'cluster-delayed-replica',
  catalogue: ['HA-028'],
  title: { en: 'Replicas lag on purpose only where it was declared', zh: '延迟备库与声明一致' },
  severity: 'medium',
  rationale: {
    en: 'A delayed replica is the quickest way back from a mistake, if it is really late; one that is late without being meant to be is useless for a failover.',
    zh: '延迟备库是误操作后最快的恢复手段，前提是延迟真实存在；非预期的延迟则使备库无法用于切换。',
  },
  remediation: {
    en: 'Set recovery_min_apply_delay on the member that was declared (params.cluster-delayed-replica.delayed) and on no other; give it the tag nofailover.',
    zh: '仅在已声明的成员（params.cluster-delayed-replica.delayed）上设置 recovery_min_apply_delay，并为其添加 nofailover 标签。',
  },
  fix: [`ALTER SYSTEM SET recovery_min_apply_delay = '1h'`, 'SELECT pg_reload_conf()'],
  members: 'partial',
  needs: ['pg.settings', 'pg.server'],
  /** Member -> seconds of delay; what is not named has none. */
  params: { delayed: {} },
  evaluate({ 'pg.settings': settings, 'pg.server': servers }, { delayed }) {
    const declared = new Map(Object.entries(delayed).map(([member, seconds]) => [member, Number(seconds)]));
    const seen = seenMembers(settings).filter(({ member }) => findSeen(servers, member)?.inRecovery !== false);
    const evidence = seen.map(({ member, value }) => ({
      ...settingEvidence(value, 'recovery_min_apply_delay', {
        en: `${(declared.get(member) ?? 0) * 1000} ms`,
        zh: `${(declared.get(member) ?? 0) * 1000} 毫秒`,
      }),
      subject: member,
    }));
    // pg_settings gives milliseconds.
    const wrong = evidence.filter(
      ({ subject, actual }) => Number(actual || '0') !== (declared.get(subject) ?? 0) * 1000,
    );
    if (wrong.length > 0) {
      return warn(
        {
          en: wrong
            .map(
              ({ subject, actual }) =>
                `${subject} is ${actual} ms late, declared are ${(declared.get(subject) ?? 0) * 1000}`,
            )
            .join('; '),
          zh: `经核查，${wrong.map(({ subject, actual }) => `${subject} 延迟 ${actual} 毫秒，声明为 ${(declared.get(subject) ?? 0) * 1000}`).join('；')}`,
        },
        ...evidence,
      );
    }
    const unseen = unseenMembers(settings);
    if (unseen.length > 0) {
      return undecided(
        {
          en: `the settings of ${unseen.join(', ')} are out of sight`,
          zh: `无法读取 ${unseen.join('、')} 的参数，无法判定`,
        },
        ...evidence,
      );
    }
    if (declared.size === 0) {
      return notApplicable(
        {
          en: 'no delayed replica is declared, and none is late on purpose',
          zh: '未声明延迟备库且不存在延迟设置，本项不适用',
        },
        ...evidence,
      );
    }
    const missing = [...declared.keys()].filter((member) => !seen.some((one) => one.member === member));
    if (missing.length > 0 || evidence.length === 0) {
      return warn(
        {
          en: `${missing.join(', ')} is declared delayed, but is no replica`,
          zh: `经核查，${missing.join('、')} 声明为延迟备库，但当前不是备库`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `late as declared: ${[...declared.keys()].join(', ')}`,
        zh: `经核查，延迟备库 ${[...declared.keys()].join('、')} 与声明一致，符合要求`,
      },
      ...evidence,
    );
  },
});
