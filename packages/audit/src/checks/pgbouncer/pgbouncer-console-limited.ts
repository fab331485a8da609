import { defineCheck, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { configEvidence, findSetting, settingList } from '../pgbouncer-evidence.ts';
import { psqlRow } from '../psql-output.ts';
import { sqlLiteral } from '../sql-literal.ts';

export const pgbouncerConsoleLimited = defineCheck({
  id: 'pgbouncer-console-limited',
  scope: 'pgbouncer',
  catalogue: ['PGB-008'],
  title: { en: 'The console of PgBouncer is for administrators', zh: 'PgBouncer 管理控制台仅限管理员' },
  severity: 'medium',
  rationale: {
    en: 'Who is in admin_users pauses databases, ends clients and shuts the pooler down.',
    zh: 'admin_users 中的用户可以暂停数据库、断开客户端并关闭连接池。',
  },
  remediation: {
    en: 'Keep admin_users to database administrators, put monitoring into stats_users only, and leave applications and auth_user out of both.',
    zh: 'admin_users 仅保留数据库管理员，监控账号只放入 stats_users，应用账号与 auth_user 均不应加入。',
  },
  fix: ['admin_users = {administrators}', 'stats_users = {monitoring}', 'RELOAD'],
  needs: ['pgbouncer.config', 'pgbouncer.version', 'pg.roles'],
  params: {},
  evaluate({ 'pgbouncer.config': config, 'pgbouncer.version': { version, versionNum }, 'pg.roles': roles }) {
    const admins = settingList(config, 'admin_users');
    const stats = settingList(config, 'stats_users');
    const authUser = findSetting(config, 'auth_user') ?? '';
    const ordinary = admins.filter((name) =>
      roles.roles.some((role) => role.name === name && role.canLogin && !role.superuser),
    );
    const both = stats.filter((name) => admins.includes(name));
    return verdictOf({
      complaints: [
        ...(findSetting(config, 'auth_type') === 'any'
          ? [complaint('fail', 'auth_type any makes everybody an administrator', 'auth_type 为 any，任何人都是管理员')]
          : []),
        ...ordinary.map((name) =>
          name === authUser
            ? complaint(
                'fail',
                `auth_user ${name} is an administrator of the console`,
                `auth_user ${name} 同时是控制台管理员`,
              )
            : complaint(
                'fail',
                `${name}, which is no administrator of the database, is one of the console`,
                `${name} 不是数据库管理员，却是控制台管理员`,
              ),
        ),
        ...both.map((name) =>
          complaint(
            'warn',
            `${name} is in stats_users and in admin_users`,
            `${name} 同时属于 stats_users 与 admin_users`,
          ),
        ),
        ...(stats.length > 0 && versionNum < 12502
          ? [
              complaint(
                'warn',
                `${version} lets ${stats.join(', ')} end clients (CVE-2026-6667)`,
                `${version} 允许 ${stats.join('、')} 断开客户端（CVE-2026-6667）`,
              ),
            ]
          : []),
      ],
      good: {
        en: `administrators: ${admins.join(', ') || 'nobody'}; statistics: ${stats.join(', ') || 'nobody'}`,
        zh: `管理员为 ${admins.join('、') || '无'}，统计用户为 ${stats.join('、') || '无'}`,
      },
      evidence: [
        configEvidence(config, ['admin_users', 'auth_type', 'auth_user', 'stats_users'], {
          en: 'administrators only',
          zh: '仅管理员',
        }),
        ...(admins.length === 0 ? [] : [rolesEvidence(roles, admins)]),
      ],
    });
  },
});

function rolesEvidence({ roles }: FactMap['pg.roles'], names: readonly string[]): Evidence {
  const found = roles.filter(({ name }) => names.includes(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    fact: 'pg.roles',
    at: 'admin_users that are roles: may log in, superuser',
    actual: found.map(({ name, canLogin, superuser }) => psqlRow(name, canLogin, superuser)).join('\n'),
    expected: { en: 'superusers, or no role', zh: '超级用户，或非数据库角色' },
    sql: `SELECT rolname, rolcanlogin, rolsuper FROM pg_roles WHERE rolname IN (${names.map(sqlLiteral).join(', ')}) ORDER BY rolname::text COLLATE "C"`,
  };
}
