import { defineCheck } from '../../check.ts';
import { ruleLineText, rulesEvidence } from '../hba-evidence.ts';
import { matchRule } from '../hba-match.ts';
import { liveRules, playRules, principalsOf } from '../hba-reach.ts';
import { judgeRules, type JudgedRule } from '../hba-verdict.ts';
import { nameList } from '../name-list.ts';

export const pgHbaNoDeadRules = defineCheck({
  id: 'pg-hba-no-dead-rules',
  catalogue: ['AUTH-010'],
  title: { en: 'Every rule decides something', zh: '不存在被遮蔽、重复或失效的访问规则' },
  severity: 'medium',
  rationale: {
    en: 'The first matching rule wins. A rule that never gets its turn misleads whoever reads the file, and a reject behind an allow denies nothing.',
    zh: '规则按顺序首条匹配生效，永远不被匹配的规则会误导管理人员；位于放行规则之后的 reject 不起作用。',
  },
  remediation: {
    en: 'Remove the rules named here, or move them before the ones that answer first.',
    zh: '删除所列规则，或将其移至先匹配的规则之前。',
  },
  fix: ['SELECT pg_reload_conf()'],
  needs: ['pg.hba', 'pg.roles', 'pg.databases'],
  params: {},
  evaluate({ 'pg.hba': hba, 'pg.roles': roles, 'pg.databases': databases }) {
    const principals = principalsOf(roles, databases);
    const decisions = playRules(hba.rules, principals);
    const live = liveRules(decisions);
    const judged = hba.rules.flatMap((rule): readonly JudgedRule[] => {
      if (live.has(rule)) return [];
      // Connections it is about, and who answers them instead.
      const lost = decisions.filter(({ users: [user], databases: [database], transport, address }) =>
        user === undefined
          ? false
          : matchRule(rule, { transport, address, database, user }, principals.isMember) !== 'no',
      );
      const expected = { en: 'a rule that is reached', zh: '可被匹配的规则' };
      if (lost.length === 0) {
        const why = { en: 'names no role or database that exists', zh: '所列账号或数据库不存在' };
        return [{ rule, level: 'warn', why, expected }];
      }
      const winners = hba.rules.filter((winner) => lost.some(({ rules }) => rules.includes(winner)));
      const places = winners.map((winner) => ruleLineText(hba, winner));
      const lines = { en: nameList(places.map(({ en }) => en)).en, zh: nameList(places.map(({ zh }) => zh)).zh };
      const open = winners.some(({ method }) => method !== 'reject');
      if (rule.method === 'reject' && open) {
        const why = {
          en: `reject that never applies: ${lines.en} lets in first`,
          zh: `reject 不生效，已被${lines.zh}先行放行`,
        };
        return [{ rule, level: 'fail', why, expected }];
      }
      const why = { en: `never reached: ${lines.en} answers first`, zh: `永不匹配，已被${lines.zh}覆盖` };
      return [{ rule, level: 'warn', why, expected }];
    });
    return judgeRules(
      hba,
      judged,
      {
        en: `each of ${hba.rules.length} rules is the first match of some connection`,
        zh: `经核查，${hba.rules.length} 条规则均可被匹配，无遮蔽、重复或失效规则，符合要求`,
      },
      rulesEvidence(hba, { en: 'every rule is reached', zh: '规则均可被匹配' }),
    );
  },
});
