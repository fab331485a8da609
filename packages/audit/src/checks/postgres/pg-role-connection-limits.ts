import { defineCheck, notApplicable, pass, warn } from '../../check.ts';
import { nameList } from '../name-list.ts';
import { roleColumns, rolesEvidence } from '../role-evidence.ts';
import { sqlLiterals } from '../sql-literal.ts';

const none: readonly string[] = [];

export const pgRoleConnectionLimits = defineCheck({
  id: 'pg-role-connection-limits',
  catalogue: ['ROLE-020'],
  title: { en: 'Login roles have connection limits', zh: '登录账号设有连接数上限' },
  severity: 'low',
  rationale: {
    en: 'Without a limit one application, or one guessed password, can take every connection of the server.',
    zh: '未设上限时，单个应用或被盗用的账号即可耗尽服务器连接，影响其他业务。',
  },
  remediation: {
    en: 'Set CONNECTION LIMIT on every ordinary login role, or list those that a pooler limits.',
    zh: '为每个普通登录账号设置 CONNECTION LIMIT；已由连接池限制的，列入本检查项参数。',
  },
  fix: ['ALTER ROLE {role} CONNECTION LIMIT {count}'],
  needs: ['pg.roles'],
  /** `limitedElsewhere`: roles whose connections a pooler limits. Superusers are never limited by the server. */
  params: { limitedElsewhere: none },
  evaluate({ 'pg.roles': { roles } }, { limitedElsewhere }) {
    const ordinary = roles.filter((role) => role.canLogin && !role.superuser);
    const judged = ordinary.filter(({ name }) => !limitedElsewhere.includes(name));
    const excluded = limitedElsewhere.length === 0 ? '' : ` AND rolname NOT IN (${sqlLiterals(limitedElsewhere)})`;
    const condition = `rolcanlogin AND NOT rolsuper${excluded}`;
    const expected = { en: '0 or more', zh: '0 及以上' };
    const columns = [roleColumns.connectionLimit];
    if (judged.length === 0) {
      return notApplicable(
        { en: 'no ordinary role can log in, or all are limited elsewhere', zh: '无普通登录账号，或均已由连接池限制' },
        rolesEvidence(judged, condition, columns, 'ordinary login roles', expected),
      );
    }
    const open = judged.filter(({ connectionLimit }) => connectionLimit < 0);
    if (open.length === 0) {
      return pass(
        {
          en: `each of ${judged.length} ordinary login roles has a connection limit`,
          zh: `经核查，${judged.length} 个普通登录账号均设有连接数上限，符合要求`,
        },
        rolesEvidence(judged, condition, columns, 'ordinary login roles', expected),
      );
    }
    const list = nameList(open.map(({ name }) => name));
    return warn(
      {
        en: `${open.length} of ${judged.length} ordinary login roles have no connection limit: ${list.en}`,
        zh: `经核查，${judged.length} 个普通登录账号中有 ${open.length} 个未设连接数上限：${list.zh}`,
      },
      rolesEvidence(open, `${condition} AND rolconnlimit < 0`, columns, 'login roles without a limit', expected),
    );
  },
});
