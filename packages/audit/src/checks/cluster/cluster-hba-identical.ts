import { defineClusterCheck, fail, notApplicable, pass, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { ruleEvidence, rulesEvidence } from '../hba-evidence.ts';
import type { HbaRule } from '../hba-match.ts';
import { evidenceRows } from '../name-list.ts';

export const clusterHbaIdentical = defineClusterCheck({
  id: 'cluster-hba-identical',
  catalogue: ['AUTH-011'],
  title: { en: 'Every member has the same access rules', zh: '各成员的访问规则一致' },
  severity: 'high',
  rationale: {
    en: 'After a failover another member decides who gets in; if its rules differ, the policy changes without anyone deciding it.',
    zh: '主备切换后由另一成员的规则决定访问控制，规则不一致意味着切换后策略在无人批准的情况下改变。',
  },
  remediation: {
    en: 'Manage pg_hba in one place (the Patroni configuration, or one playbook) and roll it out to every member.',
    zh: '由统一来源（Patroni 动态配置或同一套编排脚本）管理 pg_hba，并下发至所有成员。',
  },
  fix: ['patronictl edit-config --set postgresql.pg_hba={rules}', 'SELECT pg_reload_conf()'],
  members: 'complete',
  needs: ['pg.hba'],
  params: {},
  evaluate({ 'pg.hba': observations }) {
    const members = [...observations].flatMap(([subject, observation]) =>
      observation.status === 'ok' ? [{ subject, hba: observation.value }] : [],
    );
    const [first, ...others] = members;
    const expected = { en: 'the same rules on every member', zh: '各成员规则一致' };
    const seen = members.map(({ subject, hba }): Evidence => ({ ...rulesEvidence(hba, expected), subject }));
    if (first === undefined || others.length === 0) {
      return notApplicable(
        { en: 'the cluster has one member, so there is nothing to compare', zh: '集群仅有一个成员，无可比对象' },
        ...seen,
      );
    }
    const keys = members.map(({ hba }) => hba.rules.map(ruleKey));
    if (keys.every((list) => list.join('\n') === keys[0]?.join('\n'))) {
      return pass(
        {
          en: `${members.length} members have the same ${first.hba.rules.length} rules in the same order`,
          zh: `经核查，${members.length} 个成员的 ${first.hba.rules.length} 条规则及顺序完全一致，符合要求`,
        },
        ...seen,
      );
    }
    const own = members.map(({ subject, hba }) => ({ subject, hba, rules: notEverywhere(hba, members) }));
    const differing = own.filter(({ rules }) => rules.length > 0);
    if (differing.length === 0) {
      return fail(
        {
          en: 'the members have the same rules in another order, and the first match decides',
          zh: '经核查，各成员规则相同但顺序不同，首条匹配结果可能不一致',
        },
        ...seen,
      );
    }
    return fail(
      {
        en: `rules that are not on every member: ${differing.map(({ subject, rules }) => `${rules.length} of ${subject}`).join(', ')}`,
        zh: `经核查，成员间规则不一致：${differing.map(({ subject, rules }) => `${subject} 有 ${rules.length} 条规则未在全部成员上存在`).join('；')}`,
      },
      ...differing
        .flatMap(({ subject, hba, rules }) =>
          rules.map((rule): Evidence => ({ ...ruleEvidence(hba, rule, expected), subject })),
        )
        .slice(0, evidenceRows),
    );
  },
});

/** What a rule says, wherever it stands. */
const ruleKey = ({ type, databases, users, address, netmask, method, options }: HbaRule): string =>
  JSON.stringify([type, databases, users, address, netmask, method, options]);

function notEverywhere(
  hba: FactMap['pg.hba'],
  members: readonly { readonly hba: FactMap['pg.hba'] }[],
): readonly HbaRule[] {
  const sets = members.map((member) => new Set(member.hba.rules.map(ruleKey)));
  return hba.rules.filter((rule) => !sets.every((set) => set.has(ruleKey(rule))));
}
