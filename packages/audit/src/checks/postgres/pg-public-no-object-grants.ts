import { defineCheck } from '../../check.ts';
import { madeObjects } from '../../made-objects.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { databaseEvidence, findUnseenDatabases } from '../database-scan.ts';
import { evidenceRows } from '../name-list.ts';
import { psqlRows } from '../psql-output.ts';
import { sqlLiterals } from '../sql-literal.ts';

export const pgPublicNoObjectGrants = defineCheck({
  id: 'pg-public-no-object-grants',
  catalogue: ['ROLE-012'],
  title: { en: 'PUBLIC has no rights on tables, sequences and functions', zh: 'PUBLIC 对业务对象无任何权限' },
  severity: 'high',
  rationale: {
    en: 'PUBLIC is every role, those to come included. Functions are open to it unless that is revoked, and a login role with a grant option hands rights on unseen. What extensions made is left out.',
    zh: 'PUBLIC 包括现有及将来的所有账号。函数默认对 PUBLIC 开放，带 GRANT OPTION 的登录账号可自行转授权限。扩展自带对象除外。',
  },
  remediation: {
    en: 'Revoke the rights from PUBLIC and grant them to NOLOGIN groups; revoke grant options from login roles.',
    zh: '收回 PUBLIC 的权限，改授予 NOLOGIN 组角色；收回登录账号的 GRANT OPTION。',
  },
  fix: [
    'REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC',
    'REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} FROM PUBLIC',
    'REVOKE GRANT OPTION FOR {privilege} ON {object} FROM {role}',
  ],
  needs: ['pg.object-access'],
  params: { ignoredSchemas: ['monitor'] },
  evaluate({ 'pg.object-access': { examined, closed } }, { ignoredSchemas }) {
    const unseen = findUnseenDatabases('pg.object-access', closed);
    const complaints = examined.flatMap(({ database, publicGrants, grantOptions }): readonly Complaint[] => [
      ...publicGrants
        .filter(({ schema }) => !ignoredSchemas.includes(schema))
        .map(({ kind, schema, privilege, objects, example }) =>
          complaint(
            kind === 'function' || privilege === 'SELECT' || privilege === 'USAGE' ? 'warn' : 'fail',
            `${database}: PUBLIC has ${privilege} on ${objects} ${kind}(s) of ${schema} (${example})`,
            `数据库 ${database}：PUBLIC 对模式 ${schema} 的 ${objects} 个${kinds[kind]}具有 ${privilege}（如 ${example}）`,
          ),
        ),
      ...grantOptions
        .filter(({ schema }) => !ignoredSchemas.includes(schema))
        .map(({ kind, schema, privilege, grantee, objects }) =>
          complaint(
            'warn',
            `${database}: ${grantee} may grant ${privilege} on ${objects} ${kind}(s) of ${schema}`,
            `数据库 ${database}：账号 ${grantee} 可转授模式 ${schema} 中 ${objects} 个${kinds[kind]}的 ${privilege}`,
          ),
        ),
    ]);
    if (unseen !== undefined && !complaints.some(({ level }) => level === 'fail')) return unseen;
    const left = ignoredSchemas.length === 0 ? '' : ` AND schema NOT IN (${sqlLiterals(ignoredSchemas)})`;
    return verdictOf({
      complaints,
      good: {
        en: `PUBLIC has no right on an object of ${examined.length} databases, and no login role may pass one on`,
        zh: `${examined.length} 个数据库中 PUBLIC 对业务对象无任何权限，登录账号亦无转授权限`,
      },
      evidence: examined
        .slice(0, evidenceRows)
        .map(({ database, publicGrants }) =>
          databaseEvidence(
            'pg.object-access',
            database,
            'rights of PUBLIC on objects',
            psqlRows(
              publicGrants
                .filter(({ schema }) => !ignoredSchemas.includes(schema))
                .map(({ kind, schema, privilege, objects }) => [kind, schema, privilege, objects]),
            ),
            `SELECT kind, schema, a.privilege_type, count(*) FROM (${madeObjects}) AS made CROSS JOIN LATERAL aclexplode(acl) AS a WHERE a.grantee = 0${left} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
            { en: 'nothing', zh: '无' },
          ),
        ),
    });
  },
});

const kinds = { table: '表或视图', sequence: '序列', function: '函数' } as const;
