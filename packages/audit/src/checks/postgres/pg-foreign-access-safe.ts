import { defineCheck } from '../../check.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { databaseEvidence, findUnseenDatabases } from '../database-scan.ts';
import { evidenceRows } from '../name-list.ts';
import { psqlRows } from '../psql-output.ts';

export const pgForeignAccessSafe = defineCheck({
  id: 'pg-foreign-access-safe',
  catalogue: ['ROLE-025'],
  title: { en: 'Foreign servers and dblink lend nobody a login', zh: '外部服务器与 dblink 不泄露凭据' },
  severity: 'medium',
  rationale: {
    en: 'A mapping of PUBLIC with a password is that password for everybody, one that requires none logs in as the server itself, and dblink_connect_u does so for whoever may call it. Passwords in subscriptions are judged by pg-settings-no-password.',
    zh: '含口令的 PUBLIC 映射等于向所有人提供该口令，不要求口令的映射或 dblink_connect_u 会以服务器自身身份登录。订阅中的口令由 pg-settings-no-password 判断。',
  },
  remediation: {
    en: 'Map single roles, by certificates where possible; keep password_required, and revoke dblink_connect_u.',
    zh: '仅为具体账号建立映射，优先使用证书；保留 password_required，并收回 dblink_connect_u 的执行权限。',
  },
  fix: [
    'DROP USER MAPPING FOR PUBLIC SERVER {server}',
    'ALTER USER MAPPING FOR {role} SERVER {server} OPTIONS (SET password_required {value})',
    'REVOKE EXECUTE ON FUNCTION dblink_connect_u(text), dblink_connect_u(text, text) FROM {role}',
  ],
  needs: ['pg.foreign-access'],
  params: {},
  evaluate({ 'pg.foreign-access': { examined, closed } }) {
    const unseen = findUnseenDatabases('pg.foreign-access', closed);
    const complaints = examined.flatMap(({ database, mappings, unsafeDblink }): readonly Complaint[] => [
      ...mappings.flatMap(({ server, user, userIsSuperuser, hasPassword, requiresPassword }) => {
        const whose = `${database}: the mapping of ${user ?? 'PUBLIC'} to ${server}`;
        const whoseZh = `数据库 ${database}：${user ?? 'PUBLIC'} 到 ${server} 的映射`;
        if (requiresPassword === false && !userIsSuperuser) {
          return [complaint('fail', `${whose} requires no password`, `${whoseZh}不要求口令`)];
        }
        if (hasPassword !== true) return [];
        return [complaint(user === null ? 'fail' : 'warn', `${whose} holds a password`, `${whoseZh}保存了口令`)];
      }),
      ...(unsafeDblink.length === 0
        ? []
        : [
            complaint(
              'fail',
              `${database}: ${unsafeDblink.map((role) => role ?? 'PUBLIC').join(', ')} may execute dblink_connect_u`,
              `数据库 ${database}：${unsafeDblink.map((role) => role ?? 'PUBLIC').join('、')} 可执行 dblink_connect_u`,
            ),
          ]),
    ]);
    const hidden = examined.filter(({ mappings }) => mappings.some(({ hasPassword }) => hasPassword === null));
    if (unseen !== undefined && !complaints.some(({ level }) => level === 'fail')) return unseen;
    const count = examined.reduce((sum, { mappings }) => sum + mappings.length, 0);
    return verdictOf({
      complaints,
      unknown: hidden.map(({ database }) => ({
        en: `options of mappings in ${database} are hidden; GRANT SELECT ON pg_user_mapping there`,
        zh: `数据库 ${database} 中的映射选项不可见，请在其中授予 pg_user_mapping 的 SELECT 权限`,
      })),
      good: {
        en: `${count} user mappings in ${examined.length} databases lend nobody a login`,
        zh: `${examined.length} 个数据库中的 ${count} 个用户映射均未泄露凭据`,
      },
      evidence: examined
        .slice(0, evidenceRows)
        .map(({ database, mappings }) =>
          databaseEvidence(
            'pg.foreign-access',
            database,
            'user mappings',
            psqlRows(mappings.map(({ server, user }) => [server, user ?? 'PUBLIC'])),
            `SELECT srvname, CASE umuser WHEN 0 THEN 'PUBLIC' ELSE usename END FROM pg_user_mappings ORDER BY srvname, CASE umuser WHEN 0 THEN NULL ELSE usename END NULLS FIRST`,
            { en: 'none for PUBLIC, none without a password', zh: '无 PUBLIC 映射，均要求口令' },
          ),
        ),
    });
  },
});
