import { defineCheck, fail, pass, warn } from '../../check.ts';
import { ruleEvidence, ruleLineText } from '../hba-evidence.ts';
import { playRules, principalsOf } from '../hba-reach.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { passwordMethods } from '../password-methods.ts';
import { roleColumns, roleEvidence, rolesEvidence } from '../role-evidence.ts';
import { daysUntilExpiry } from '../role-expiry.ts';

export const pgRoleNotExpired = defineCheck({
  id: 'pg-role-not-expired',
  catalogue: ['ROLE-008'],
  title: { en: 'Expired roles cannot log in', zh: '过期账号已停用' },
  severity: 'medium',
  rationale: {
    en: 'VALID UNTIL ends the password only: an expired role still gets in by peer, cert, gss or any directory.',
    zh: 'VALID UNTIL 仅限制口令登录，过期账号仍可通过 peer、cert、gss 或目录服务等方式登录。',
  },
  remediation: {
    en: 'Set NOLOGIN on expired roles, and drop them after their owner agreed.',
    zh: '将过期账号设为 NOLOGIN，经责任人确认后删除。',
  },
  fix: ['ALTER ROLE {role} NOLOGIN'],
  needs: ['pg.roles', 'pg.hba', 'pg.databases'],
  params: {},
  evaluate({ 'pg.roles': roles, 'pg.hba': hba, 'pg.databases': databases }, _params, { at }) {
    const expected = { en: 'no expired role that can log in', zh: '无可登录的过期账号' };
    const columns = [roleColumns.canLogin, roleColumns.validUntil];
    const expired = roles.roles.filter((role) => role.canLogin && daysUntilExpiry(role, at) < 0);
    if (expired.length === 0) {
      const dated = roles.roles.filter((role) => role.canLogin && role.validUntil !== null);
      return pass(
        {
          en: `none of the ${dated.length} login roles with an expiry date has expired`,
          zh: `经核查，设有有效期的 ${dated.length} 个登录账号均未过期，符合要求`,
        },
        rolesEvidence(
          dated,
          'rolcanlogin AND rolvaliduntil IS NOT NULL',
          columns,
          'login roles with an expiry date',
          expected,
        ),
      );
    }
    const names = expired.map(({ name }) => name);
    const decisions = playRules(hba.rules, { ...principalsOf(roles, databases), users: names });
    const open = hba.rules.filter(
      (rule) =>
        rule.method !== 'reject' &&
        !passwordMethods.has(rule.method) &&
        decisions.some(({ rules }) => rules.includes(rule)),
    );
    const list = nameList(names);
    const evidence = expired.slice(0, evidenceRows).map((role) => roleEvidence(role, columns, expected));
    if (open.length === 0) {
      return warn(
        {
          en: `expired roles may still log in, though no rule admits them without the password: ${list.en}`,
          zh: `经核查，存在已过期但仍为 LOGIN 的账号：${list.zh}；当前规则下仅可用已失效的口令登录`,
        },
        ...evidence,
      );
    }
    const places = open.map((rule) => ruleLineText(hba, rule));
    const lines = { en: nameList(places.map(({ en }) => en)).en, zh: nameList(places.map(({ zh }) => zh)).zh };
    return fail(
      {
        en: `expired roles (${list.en}) still get in by ${lines.en}, which does not heed the expiry date`,
        zh: `经核查，过期账号（${list.zh}）仍可经 pg_hba ${lines.zh}登录，该方式不校验有效期`,
      },
      ...evidence,
      ...open
        .slice(0, evidenceRows)
        .map((rule) => ruleEvidence(hba, rule, { en: 'a password method', zh: '口令方式' })),
    );
  },
});
