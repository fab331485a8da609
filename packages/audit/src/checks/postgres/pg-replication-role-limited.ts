import { defineCheck, fail, notApplicable, pass, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { psqlRows } from '../psql-output.ts';

type Sender = FactMap['pg.replication'][number];

export const pgReplicationRoleLimited = defineCheck({
  id: 'pg-replication-role-limited',
  catalogue: ['HA-026'],
  title: { en: 'Replication uses a role that can do nothing else', zh: '复制使用专用最小权限账号' },
  severity: 'high',
  rationale: {
    en: 'The password of the replication role lies on every standby; if it is a superuser, one stolen file gives the whole cluster away.',
    zh: '复制账号口令保存在每个备库上；若其为超级用户，口令泄露即导致整个集群失控。',
  },
  remediation: {
    en: 'Create a role with LOGIN and REPLICATION only, use it in primary_conninfo of the standbys, and take rights on tables from it.',
    zh: '创建仅具有 LOGIN 和 REPLICATION 属性的专用账号，用于备库的 primary_conninfo，并收回其对业务表的权限。',
  },
  fix: [
    'CREATE ROLE {replicator} LOGIN REPLICATION PASSWORD {password}',
    'ALTER ROLE {replicator} NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS',
    'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA {schema} FROM {replicator}',
  ],
  needs: ['pg.replication'],
  params: {},
  evaluate({ 'pg.replication': senders }) {
    const roles = [...new Map(senders.map((sender) => [sender.user, sender])).values()].toSorted((a, b) =>
      a.user < b.user ? -1 : a.user > b.user ? 1 : 0,
    );
    const evidence = roleEvidence(roles);
    if (roles.length === 0) {
      return notApplicable(
        { en: 'nobody replicates from this instance', zh: '当前没有从本实例发起的复制，本项不适用' },
        evidence,
      );
    }
    const superusers = roles.filter(({ superuser }) => superuser).map(({ user }) => user);
    if (superusers.length > 0) {
      const names = superusers.join(', ');
      return fail({ en: `superuser ${names} replicates`, zh: `经核查，复制使用了超级用户 ${names}` }, evidence);
    }
    const excess = roles.flatMap((role) => {
      const rights = extraRights(role);
      return rights.length === 0 ? [] : [`${role.user} (${rights.join(', ')})`];
    });
    if (excess.length > 0) {
      return warn(
        { en: `more than replication: ${excess.join('; ')}`, zh: `经核查，复制账号具有多余权限：${excess.join('；')}` },
        evidence,
      );
    }
    const names = roles.map(({ user }) => user).join(', ');
    return pass(
      { en: `${names} can replicate and nothing else`, zh: `经核查，复制账号 ${names} 仅具有复制权限，符合要求` },
      evidence,
    );
  },
});

const extraRights = (role: Sender): readonly string[] => [
  ...(role.createRole ? ['CREATEROLE'] : []),
  ...(role.createDb ? ['CREATEDB'] : []),
  ...(role.bypassRls ? ['BYPASSRLS'] : []),
  ...(role.writesTables ? ['INSERT/UPDATE/DELETE/TRUNCATE'] : []),
];

const roleEvidence = (roles: readonly Sender[]): Evidence => ({
  fact: 'pg.replication',
  at: 'role, superuser, CREATEROLE, CREATEDB, BYPASSRLS, writes tables',
  actual: psqlRows(
    roles.map((role) => [role.user, role.superuser, role.createRole, role.createDb, role.bypassRls, role.writesTables]),
  ),
  expected: { en: 'f in every column', zh: '各列均为 f' },
  sql: `SELECT DISTINCT u.rolname, u.rolsuper, u.rolcreaterole, u.rolcreatedb, u.rolbypassrls, EXISTS (SELECT FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema$)' AND has_table_privilege(u.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) FROM pg_stat_replication r JOIN pg_roles u ON u.oid = r.usesysid ORDER BY u.rolname`,
});
