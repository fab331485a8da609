import { defineCheck, fail, pass, warn, type SqlEvidence } from '../../check.ts';
import { membershipOf } from '../membership.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { psqlRows } from '../psql-output.ts';
import { sqlLiteral, sqlLiterals } from '../sql-literal.ts';

const none: readonly string[] = [];
/** Reach the files and programs of the host: as good as superuser. */
const hostRoles: readonly string[] = ['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'];
/** Reach all data, or what other sessions do. Those a server version does not have are nobody's. */
const wideRoles: readonly string[] = [
  'pg_checkpoint',
  'pg_create_subscription',
  'pg_maintain',
  'pg_read_all_data',
  'pg_signal_autovacuum_worker',
  'pg_signal_backend',
  'pg_use_reserved_connections',
  'pg_write_all_data',
];

export const pgPredefinedRolesLimited = defineCheck({
  id: 'pg-predefined-roles-limited',
  catalogue: ['ROLE-005'],
  title: { en: 'Dangerous predefined roles are not given out', zh: '高危预定义角色未随意授予' },
  severity: 'critical',
  rationale: {
    en: 'pg_execute_server_program and the file roles run code as the owner of the server; the data roles skip every table permission.',
    zh: 'pg_execute_server_program 及文件类角色可在主机上以数据库属主身份执行命令或读写文件，数据类角色可绕过全部表权限。',
  },
  remediation: {
    en: 'Revoke the membership, or have the role approved and list it in the parameters of this check.',
    zh: '收回角色成员关系；确有必要的，经审批后列入本检查项参数。',
  },
  fix: ['REVOKE {predefined role} FROM {role}'],
  needs: ['pg.roles'],
  /** Roles that may hold them, through any chain of grants. */
  params: { approvedForHost: none, approvedForData: none },
  evaluate({ 'pg.roles': roles }, { approvedForHost, approvedForData }) {
    const isMember = membershipOf(roles);
    const logins = roles.roles.filter((role) => role.canLogin && !role.superuser);
    const held = (groups: readonly string[], approved: readonly string[]) =>
      logins.flatMap(({ name }) => {
        const holds = groups.filter((group) => isMember(name, group));
        return holds.length === 0 || approved.includes(name) ? [] : [{ name, holds }];
      });
    const host = held(hostRoles, approvedForHost);
    const data = held(wideRoles, approvedForData);
    const expected = { en: 'no login role that is not approved', zh: '不含未经批准的登录账号' };
    const grants: SqlEvidence = {
      fact: 'pg.roles',
      at: 'grants of predefined roles',
      actual: psqlRows(
        roles.memberships
          .filter(({ role }) => [...hostRoles, ...wideRoles].includes(role))
          .slice(0, evidenceRows)
          .map(({ role, member }) => [role, member]),
      ),
      expected,
      sql: `SELECT DISTINCT r.rolname, m.rolname FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member WHERE r.rolname IN (${sqlLiterals([...hostRoles, ...wideRoles])}) ORDER BY 1, 2 LIMIT ${evidenceRows}`,
    };
    const holders = [...host, ...data];
    if (holders.length === 0) {
      return pass(
        {
          en: `none of ${logins.length} ordinary login roles holds a dangerous predefined role without approval`,
          zh: `经核查，${logins.length} 个普通登录账号均未持有未经批准的高危预定义角色，符合要求`,
        },
        grants,
      );
    }
    const list = nameList(holders.map(({ name, holds }) => `${name} (${holds.join(', ')})`));
    const reason = {
      en: `${holders.length} login role(s) hold predefined roles that are not approved: ${list.en}`,
      zh: `经核查，${holders.length} 个登录账号持有未经批准的高危预定义角色：${list.zh}`,
    };
    const evidence = holders.slice(0, evidenceRows).map(({ name, holds }): SqlEvidence => ({
      fact: 'pg.roles',
      at: `role ${name}`,
      actual: holds.join(','),
      expected: { en: 'none', zh: '无' },
      sql: `SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles WHERE rolname IN (${sqlLiterals(holds)}) AND pg_has_role(${sqlLiteral(name)}, oid, 'MEMBER')`,
    }));
    return host.length > 0 ? fail(reason, ...evidence) : warn(reason, ...evidence);
  },
});
