import { defineClusterCheck, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import type { Observation } from '../../probe.ts';
import { shellWord } from '../../psql-command.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { seenMembers } from '../members.ts';
import { nameList } from '../name-list.ts';
import { settingList } from '../pgbouncer-evidence.ts';
import { psqlRow } from '../psql-output.ts';
import { sqlLiteral } from '../sql-literal.ts';

type Userlist = NonNullable<FactMap['node.pgbouncer-userlist']>;

export const clusterPgbouncerUsersCurrent = defineClusterCheck({
  id: 'cluster-pgbouncer-users-current',
  catalogue: ['PGB-007'],
  title: {
    en: 'Lists of PgBouncer users agree with the roles and with each other',
    zh: 'PgBouncer 用户列表与数据库角色及各节点间保持一致',
  },
  severity: 'medium',
  rationale: {
    en: 'A role that was dropped or locked still passes the pooler as long as it is listed; after a failover another list decides.',
    zh: '已删除或禁用的角色只要仍在列表中就能通过连接池；故障切换后由另一份列表决定谁能登录。',
  },
  remediation: {
    en: 'Write the list anew from pg_authid on every member, or use auth_query and list the lookup user only.',
    zh: '在各成员上根据 pg_authid 重新生成列表，或使用 auth_query 并仅保留查询用户。',
  },
  fix: [
    `SELECT format('"%s" "%s"', rolname, rolpassword) FROM pg_authid WHERE rolcanlogin AND rolpassword IS NOT NULL`,
  ],
  needs: ['node.pgbouncer-userlist', 'pgbouncer.config', 'pg.roles'],
  members: 'complete',
  params: {},
  evaluate({ 'node.pgbouncer-userlist': lists, 'pgbouncer.config': configs, 'pg.roles': roles }) {
    // Nodes without PgBouncer have no list.
    const listed = seenMembers(lists).flatMap(({ member, value }) =>
      value === null ? [] : [{ node: member, list: value }],
    );
    const console = new Set(
      seenMembers(configs).flatMap(({ value }) =>
        ['admin_users', 'stats_users', 'auth_user'].flatMap((name) => settingList(value, name)),
      ),
    );
    const all = new Map((seenMembers(roles)[0]?.value.roles ?? []).map((role) => [role.name, role]));
    const users = [...new Set(listed.flatMap(({ list }) => list.users.map(({ user }) => user)))];
    const gone = users.filter((user) => !all.has(user) && !console.has(user));
    const locked = users.filter((user) => all.get(user)?.canLogin === false);
    const differing = users.filter((user) => {
      const seen = listed.map(({ list }) => list.users.find((entry) => entry.user === user));
      return (
        new Set(seen.map((entry) => (entry === undefined ? 'absent' : `${entry.method} ${entry.fingerprint ?? ''}`)))
          .size > 1
      );
    });
    return verdictOf({
      complaints: [
        ...some(gone, 'fail', 'listed, but no role any more', '仍在列表中但角色已不存在'),
        ...some(locked, 'fail', 'listed, although the role may not log in', '角色禁止登录但仍在列表中'),
        ...some(differing, 'warn', 'not the same on every node', '各节点不一致'),
      ],
      good: {
        en: `${users.length} users on ${listed.length} nodes, all of them current`,
        zh: `${listed.length} 个节点上的 ${users.length} 个用户均与角色一致`,
      },
      evidence: [...listed.map(({ node, list }) => usersEvidence(node, list)), ...rolesEvidence(roles, users)],
    });
  },
});

const some = (names: readonly string[], level: 'warn' | 'fail', en: string, zh: string): readonly Complaint[] =>
  names.length === 0 ? [] : [complaint(level, `${en}: ${nameList(names).en}`, `${zh}：${nameList(names).zh}`)];

const usersEvidence = (node: string, list: Userlist): Evidence => ({
  fact: 'node.pgbouncer-userlist',
  subject: node,
  at: 'users of the list',
  actual: list.users.map(({ user }) => user).join('\n'),
  expected: { en: 'roles that may log in, the same everywhere', zh: '允许登录的角色，各节点一致' },
  shell: `sed -nE 's/^[[:space:]]*"([^"]*)"[[:space:]]+".*/\\1/p' ${shellWord(list.path)}`,
});

function rolesEvidence(
  roles: ReadonlyMap<string, Observation<FactMap['pg.roles']>>,
  users: readonly string[],
): readonly Evidence[] {
  const [first] = seenMembers(roles);
  if (first === undefined || users.length === 0) return [];
  const found = first.value.roles.filter(({ name }) => users.includes(name));
  return [
    {
      fact: 'pg.roles',
      subject: first.member,
      at: 'listed users that are roles: may log in',
      actual: found
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, canLogin }) => psqlRow(name, canLogin))
        .join('\n'),
      expected: { en: 't for each', zh: '均为 t' },
      sql: `SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname IN (${users.map(sqlLiteral).join(', ')}) ORDER BY rolname::text COLLATE "C"`,
    },
  ];
}
