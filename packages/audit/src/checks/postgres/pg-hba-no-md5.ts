import { defineCheck } from '../../check.ts';
import { methodsEvidence } from '../hba-evidence.ts';
import { playRules, principalsOf } from '../hba-reach.ts';
import { judgeRules, type JudgedRule } from '../hba-verdict.ts';
import { nameList } from '../name-list.ts';
import { secretsEvidence } from '../secret-evidence.ts';

export const pgHbaNoMd5 = defineCheck({
  id: 'pg-hba-no-md5',
  catalogue: ['AUTH-003'],
  title: { en: 'No rule uses MD5 authentication', zh: '认证规则未使用 MD5' },
  severity: 'high',
  rationale: {
    en: 'An MD5 exchange can be replayed from a stolen verifier and broken offline; PostgreSQL 18 deprecates it.',
    zh: 'MD5 认证可利用泄露的口令摘要直接登录，也易被离线破解；PostgreSQL 18 已将其列为弃用。',
  },
  remediation: {
    en: 'Reset the passwords that are stored as MD5 under password_encryption = scram-sha-256, then change the rules.',
    zh: '在 password_encryption = scram-sha-256 下重置仍为 MD5 的口令，再将规则改为 scram-sha-256。',
  },
  fix: [
    `SET password_encryption = 'scram-sha-256'`,
    String.raw`\password {role}`,
    'hostssl  {database}  {role}  {network}  scram-sha-256',
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.hba', 'pg.roles', 'pg.databases', 'pg.role-secrets'],
  params: {},
  evaluate({ 'pg.hba': hba, 'pg.roles': roles, 'pg.databases': databases, 'pg.role-secrets': secrets }) {
    const decisions = playRules(hba.rules, principalsOf(roles, databases));
    const judged = hba.rules.flatMap((rule): readonly JudgedRule[] => {
      if (rule.method !== 'md5') return [];
      const users = new Set(decisions.flatMap((decision) => (decision.rules.includes(rule) ? decision.users : [])));
      const weak = secrets.filter(({ name, method }) => users.has(name) && (method === 'md5' || method === 'unknown'));
      const expected = { en: 'scram-sha-256', zh: 'scram-sha-256' };
      if (weak.length === 0) {
        const why = {
          en: 'md5, which runs SCRAM as long as every role it admits has a SCRAM password',
          zh: '为 md5，可达账号均无 MD5 口令，服务器实际执行 SCRAM',
        };
        return [{ rule, level: 'warn', why, expected }];
      }
      const list = nameList(weak.map(({ name }) => name));
      const why = {
        en: `md5 for ${list.en}, whose password is stored as MD5`,
        zh: `为 md5，且账号 ${list.zh} 的口令以 MD5 存储`,
      };
      return [{ rule, level: 'fail', why, expected, also: secretsEvidence(weak, expected) }];
    });
    return judgeRules(
      hba,
      judged,
      {
        en: `none of ${hba.rules.length} rules is md5`,
        zh: `经核查，${hba.rules.length} 条规则均未使用 md5，符合要求`,
      },
      methodsEvidence(hba, { en: 'no md5', zh: '不含 md5' }),
    );
  },
});
