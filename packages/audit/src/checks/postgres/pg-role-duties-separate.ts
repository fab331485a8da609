import { defineCheck, type SqlEvidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { membershipOf, type IsMember } from '../membership.ts';
import { psqlRows } from '../psql-output.ts';

type Role = FactMap['pg.roles']['roles'][number];
type Duty = 'administration' | 'monitoring' | 'replication' | 'writing' | 'reading';

export const pgRoleDutiesSeparate = defineCheck({
  id: 'pg-role-duties-separate',
  catalogue: ['ROLE-026'],
  title: { en: 'A login role has one duty', zh: '登录账号职责分离' },
  severity: 'low',
  rationale: {
    en: 'Accounts of the monitoring and of replication lie on every host: with a second duty they are a way in. Duties are told by attributes and by the groups of the parameters; rights granted to a role by name are judged elsewhere.',
    zh: '监控与复制账号的口令分布在各主机上，兼有其他职责即成为入侵途径。职责依据账号属性与参数中的组判断，直接授予账号的权限由其他检查项判断。',
  },
  remediation: {
    en: 'Split the role: one for each of administration, monitoring, replication, writing and reading.',
    zh: '拆分账号：管理、监控、复制、读写、只读各用独立账号。',
  },
  fix: ['CREATE ROLE {role} LOGIN IN ROLE {group}', 'REVOKE {group} FROM {role}'],
  needs: ['pg.roles'],
  params: {
    monitoring: ['pg_monitor'],
    administration: ['dbrole_admin'],
    writing: ['dbrole_readwrite', 'pg_write_all_data'],
    reading: ['dbrole_readonly', 'dbrole_offline', 'pg_read_all_data'],
  },
  evaluate({ 'pg.roles': fact }, params) {
    const isMember = membershipOf(fact);
    const login = fact.roles.filter(({ canLogin, isBootstrap }) => canLogin && !isBootstrap);
    const complaints = login.flatMap((role) => {
      const duties = dutiesOf(role, params, isMember);
      const isService = duties.includes('monitoring') || duties.includes('replication');
      const holdsPower = role.superuser || role.createRole || duties.includes('writing');
      if (role.superuser && !role.replication && !groupsIn(role, params.monitoring, isMember)) return [];
      if (isService && holdsPower) {
        const isAdministrator = role.superuser || role.createRole;
        const en = isAdministrator ? 'administration' : 'writing';
        // An administrator who may also look has one duty; a replication or monitoring account has none of power.
        if (isAdministrator && !role.replication && !/monitor|exporter/u.test(role.name)) return [];
        return [
          complaint(
            'fail',
            `${role.name} serves ${role.replication ? 'replication' : 'monitoring'} and may do ${en}`,
            `账号 ${role.name} 用于${role.replication ? '复制' : '监控'}，却具有${isAdministrator ? '管理' : '写入'}权限`,
          ),
        ];
      }
      const counted = duties.filter((duty) => duty !== 'monitoring' || duties.length === 1);
      return counted.length < 2
        ? []
        : [
            complaint(
              'warn',
              `${role.name} has several duties: ${counted.join(', ')}`,
              `账号 ${role.name} 兼有多项职责：${counted.map((duty) => dutyNames[duty]).join('、')}`,
            ),
          ];
    });
    return verdictOf({
      complaints,
      good: { en: `none of ${login.length} login roles mixes duties`, zh: `${login.length} 个登录账号职责均未混用` },
      evidence: [dutiesEvidence(login, fact)],
    });
  },
});

const dutyNames: Readonly<Record<Duty, string>> = {
  administration: '管理',
  monitoring: '监控',
  replication: '复制',
  writing: '写入',
  reading: '读取',
};

const groupsIn = ({ name }: Role, groups: readonly string[], isMember: IsMember): boolean =>
  groups.some((group) => isMember(name, group));

/** A tier contains those below it: who writes also reads, and that is one duty. */
function dutiesOf(
  role: Role,
  groups: Readonly<Record<'monitoring' | 'administration' | 'writing' | 'reading', readonly string[]>>,
  isMember: IsMember,
): readonly Duty[] {
  const administers = role.superuser || role.createRole || groupsIn(role, groups.administration, isMember);
  const writes = groupsIn(role, groups.writing, isMember);
  return [
    ...(administers ? (['administration'] as const) : []),
    ...(groupsIn(role, groups.monitoring, isMember) ? (['monitoring'] as const) : []),
    ...(role.replication ? (['replication'] as const) : []),
    ...(writes && !administers ? (['writing'] as const) : []),
    ...(groupsIn(role, groups.reading, isMember) && !writes && !administers ? (['reading'] as const) : []),
  ];
}

const dutiesEvidence = (login: readonly Role[], { memberships }: FactMap['pg.roles']): SqlEvidence => ({
  fact: 'pg.roles',
  at: 'login roles: superuser, createrole, replication, groups',
  actual: psqlRows(
    login.map((role) => [
      role.name,
      role.superuser,
      role.createRole,
      role.replication,
      memberships
        .filter(({ member }) => member === role.name)
        .map(({ role: group }) => group)
        .toSorted()
        .join(','),
    ]),
  ),
  expected: { en: 'one duty each', zh: '各司一职' },
  sql: `SELECT rolname, rolsuper, rolcreaterole, rolreplication, (SELECT string_agg(DISTINCT g.rolname::text COLLATE "C", ',' ORDER BY g.rolname::text COLLATE "C") FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid WHERE a.member = r.oid) FROM pg_roles r WHERE rolcanlogin AND oid <> 10 ORDER BY rolname`,
});
