import { defineCheck, type Verdict, pass } from '../../check.ts';
import { playRules, principalsOf } from '../hba-reach.ts';
import { judgeRules, type JudgedRule } from '../hba-verdict.ts';
import { nameList } from '../name-list.ts';
import { passwordMethods } from '../password-methods.ts';
import { secretKindsEvidence, secretsEvidence } from '../secret-evidence.ts';

export const pgPasswordlessLogin = defineCheck({
  id: 'pg-passwordless-login',
  catalogue: ['AUTH-019'],
  title: { en: 'Login roles without a password prove themselves otherwise', zh: '无口令账号须以其他方式鉴别身份' },
  severity: 'medium',
  rationale: {
    en: 'A role without a password should reach peer, cert or gss only; behind trust it needs no proof, behind a password method it waits for one.',
    zh: '无口令账号只应通过 peer、cert、gss 等方式登录；若可经 trust 登录则无需任何凭据，若匹配口令方式则一旦设置弱口令即可使用。',
  },
  remediation: {
    en: 'Set NOLOGIN, set a password, or bind the role to peer or cert by a rule of its own.',
    zh: '将账号设为 NOLOGIN、设置口令，或通过专属规则绑定 peer、cert 方式。',
  },
  fix: ['ALTER ROLE {role} NOLOGIN', 'local  all  {role}  peer', 'SELECT pg_reload_conf()'],
  needs: ['pg.role-secrets', 'pg.hba', 'pg.roles', 'pg.databases'],
  params: {},
  evaluate({ 'pg.role-secrets': secrets, 'pg.hba': hba, 'pg.roles': roles, 'pg.databases': databases }): Verdict {
    const without = secrets.filter(({ method }) => method === null);
    const expected = { en: 'no password, and no password or trust rule', zh: '无口令，且不匹配口令或 trust 规则' };
    const kinds = secretKindsEvidence(secrets, expected);
    if (without.length === 0) {
      return pass(
        {
          en: `each of ${secrets.length} login roles has a password`,
          zh: `经核查，${secrets.length} 个可登录账号均设有口令，符合要求`,
        },
        kinds,
      );
    }
    const names = without.map(({ name }) => name);
    const decisions = playRules(hba.rules, { ...principalsOf(roles, databases), users: names });
    const judged = hba.rules.flatMap((rule): readonly JudgedRule[] => {
      if (rule.method !== 'trust' && !passwordMethods.has(rule.method)) return [];
      const users = new Set(decisions.flatMap((decision) => (decision.rules.includes(rule) ? decision.users : [])));
      if (users.size === 0) return [];
      const list = nameList([...users]);
      const also = secretsEvidence(
        without.filter(({ name }) => users.has(name)),
        expected,
      );
      const why =
        rule.method === 'trust'
          ? { en: `${list.en} may log in with nothing at all`, zh: `账号 ${list.zh} 可免凭据登录` }
          : {
              en: `${list.en} has no password and meets ${rule.method}`,
              zh: `账号 ${list.zh} 无口令但匹配 ${rule.method} 规则`,
            };
      const wanted = {
        en: 'peer, cert, gss or reject for these roles',
        zh: '对上述账号使用 peer、cert、gss 或 reject',
      };
      return [{ rule, level: rule.method === 'trust' ? 'fail' : 'warn', why, expected: wanted, also }];
    });
    const list = nameList(names);
    return judgeRules(
      hba,
      judged,
      {
        en: `roles without a password (${list.en}) reach neither a password method nor trust`,
        zh: `经核查，无口令账号（${list.zh}）不匹配口令方式或 trust 规则，符合要求`,
      },
      kinds,
    );
  },
});
