import { defineCheck } from '../../check.ts';
import { rulesEvidence } from '../hba-evidence.ts';
import { liveRules, playRules, principalsOf } from '../hba-reach.ts';
import { sourceOf } from '../hba-source.ts';
import { judgeRules, type JudgedRule } from '../hba-verdict.ts';

export const pgHbaNotBroad = defineCheck({
  id: 'pg-hba-not-broad',
  catalogue: ['AUTH-008'],
  title: { en: 'No rule admits everyone to everything from anywhere', zh: '不存在过宽的访问规则' },
  severity: 'high',
  rationale: {
    en: 'pg_hba.conf is the access list of the database; a rule for all users, all databases and any address leaves only the password.',
    zh: 'pg_hba 是数据库的访问控制列表，对任意账号、任意数据库、任意来源放行的规则使口令成为唯一防线。',
  },
  remediation: {
    en: 'Name the roles, the databases and the subnets of the applications, and end the file with reject.',
    zh: '在规则中明确账号、数据库及应用所在网段，并在文件末尾设置 reject 规则。',
  },
  fix: [
    'hostssl  {database}  {role}  {application network}  scram-sha-256',
    'host  all  all  all  reject',
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.hba', 'pg.roles', 'pg.databases'],
  params: { broadestIpv4Prefix: 16, broadestIpv6Prefix: 48 },
  evaluate({ 'pg.hba': hba, 'pg.roles': roles, 'pg.databases': databases }, params) {
    const live = liveRules(playRules(hba.rules, principalsOf(roles, databases)));
    const judged = hba.rules.flatMap((rule): readonly JudgedRule[] => {
      const source = sourceOf(rule, params);
      if (rule.method === 'reject' || source === 'machine' || !live.has(rule)) return [];
      const allUsers = rule.users.includes('all');
      const allDatabases = rule.databases.includes('all');
      const expected = { en: 'named roles, databases and networks', zh: '明确的账号、数据库和网段' };
      const from = rule.netmask === null ? (rule.address ?? '') : `${rule.address ?? ''}/${rule.netmask}`;
      if (allUsers && allDatabases && source === 'any') {
        const why = { en: 'all users, all databases, any source', zh: '对任意账号、任意数据库、任意来源放行' };
        return [{ rule, level: 'fail', why, expected }];
      }
      if (source === 'any') {
        const why = { en: `any source (${from})`, zh: `对任意来源（${from}）放行` };
        return [{ rule, level: 'warn', why, expected }];
      }
      if (source === 'broad') {
        const why = { en: `a very large network (${from})`, zh: `来源网段过大（${from}）` };
        return [{ rule, level: 'warn', why, expected }];
      }
      if (allUsers && allDatabases) {
        const why = { en: 'all users and all databases', zh: '对任意账号、任意数据库放行' };
        return [{ rule, level: 'warn', why, expected }];
      }
      return [];
    });
    return judgeRules(
      hba,
      judged,
      {
        en: 'every rule for remote connections names roles or databases, and a network',
        zh: '经核查，远程访问规则均限定了账号或数据库及来源网段，符合要求',
      },
      rulesEvidence(hba, { en: 'named roles, databases and networks', zh: '明确的账号、数据库和网段' }),
    );
  },
});
