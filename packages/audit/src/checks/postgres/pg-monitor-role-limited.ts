import { defineCheck, notApplicable, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { membershipOf } from '../membership.ts';
import { psqlRow } from '../psql-output.ts';
import { sqlLiteral } from '../sql-literal.ts';

export const pgMonitorRoleLimited = defineCheck({
  id: 'pg-monitor-role-limited',
  catalogue: ['MON-007'],
  title: { en: 'Roles of the monitoring may look and no more', zh: '监控账号仅具备只读监控权限' },
  severity: 'medium',
  rationale: {
    en: 'Passwords of exporters lie on every host: with more than pg_monitor they open the data.',
    zh: '采集程序的口令分布在每台主机上，若权限超出 pg_monitor 则等同于泄露数据。',
  },
  remediation: {
    en: 'Take superuser, the attributes and pg_read_all_data from the role, and grant pg_monitor.',
    zh: '撤销该角色的超级用户、管理属性与 pg_read_all_data，仅授予 pg_monitor。',
  },
  fix: [
    'ALTER ROLE {role} NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS',
    'GRANT pg_monitor TO {role}',
  ],
  needs: ['pg.roles'],
  params: {
    namePattern: 'monitor|exporter|pgattest',
    forbidden: [
      'pg_read_all_data',
      'pg_write_all_data',
      'pg_execute_server_program',
      'pg_write_server_files',
      'pg_read_server_files',
    ],
  },
  evaluate({ 'pg.roles': roles }, { namePattern, forbidden }) {
    const isMember = membershipOf(roles);
    const pattern = new RegExp(namePattern, 'u');
    const monitors = roles.roles.filter(
      ({ name, canLogin }) => canLogin && (pattern.test(name) || isMember(name, 'pg_monitor')),
    );
    const ordinary = monitors.filter(({ superuser, name }) => !superuser || pattern.test(name));
    const evidence = attributesEvidence(ordinary, namePattern);
    if (ordinary.length === 0) {
      return notApplicable(
        { en: 'no login role looks like one of the monitoring', zh: '未发现监控账号，本项不适用' },
        evidence,
      );
    }
    return verdictOf({
      complaints: ordinary.flatMap((role) => {
        const attributes = [
          ...(role.createRole ? ['CREATEROLE'] : []),
          ...(role.createDb ? ['CREATEDB'] : []),
          ...(role.replication ? ['REPLICATION'] : []),
          ...(role.bypassRls ? ['BYPASSRLS'] : []),
          ...forbidden.filter((group) => isMember(role.name, group)),
        ];
        if (role.superuser) return [complaint('fail', `${role.name} is a superuser`, `${role.name} 是超级用户`)];
        return attributes.length === 0
          ? []
          : [
              complaint(
                'fail',
                `${role.name} has ${attributes.join(', ')}`,
                `${role.name} 具有 ${attributes.join('、')}`,
              ),
            ];
      }),
      good: {
        en: `${ordinary.map(({ name }) => name).join(', ')} may look and no more`,
        zh: `${ordinary.map(({ name }) => name).join('、')} 仅具备监控权限`,
      },
      evidence: [evidence],
    });
  },
});

const attributesEvidence = (roles: FactMap['pg.roles']['roles'], pattern: string): Evidence => ({
  fact: 'pg.roles',
  at: 'roles of the monitoring: superuser, createrole, createdb, replication, bypassrls',
  actual: roles
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((role) => psqlRow(role.name, role.superuser, role.createRole, role.createDb, role.replication, role.bypassRls))
    .join('\n'),
  expected: { en: 'f everywhere', zh: '均为 f' },
  sql: `SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname IN (${
    roles.length === 0 ? sqlLiteral(pattern) : roles.map(({ name }) => sqlLiteral(name)).join(', ')
  }) ORDER BY rolname::text COLLATE "C"`,
});
