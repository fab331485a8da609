import { defineCheck, notApplicable, undecided, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { configEvidence, findSetting } from '../pgbouncer-evidence.ts';
import { psqlRow } from '../psql-output.ts';
import { sqlLiteral } from '../sql-literal.ts';

export const pgbouncerAuthQueryLimited = defineCheck({
  id: 'pgbouncer-auth-query-limited',
  scope: 'pgbouncer',
  catalogue: ['PGB-005'],
  title: { en: 'PgBouncer looks passwords up with few rights', zh: 'PgBouncer 查询口令所用账号与函数权限最小化' },
  severity: 'high',
  rationale: {
    en: 'auth_user can read the verifier of every role it may ask for; as a superuser, or with a function open to PUBLIC, so can others.',
    zh: 'auth_user 可读取所有被查询角色的口令验证值；若其为超级用户或函数对 PUBLIC 开放，其他人同样可以读取。',
  },
  remediation: {
    en: 'Let auth_query call a SECURITY DEFINER function with a fixed search_path that leaves out superusers, executable by auth_user alone.',
    zh: 'auth_query 调用固定 search_path、排除超级用户的 SECURITY DEFINER 函数，并仅授权 auth_user 执行。',
  },
  fix: [
    'REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC',
    'GRANT EXECUTE ON FUNCTION {function} TO {auth_user}',
    'ALTER ROLE {auth_user} NOSUPERUSER',
  ],
  needs: ['pgbouncer.config', 'node.pgbouncer-ini', 'pg.roles', 'pg.routines'],
  params: {},
  evaluate({ 'pgbouncer.config': config, 'node.pgbouncer-ini': ini, 'pg.roles': roles, 'pg.routines': routines }) {
    const configured = findSetting(config, 'auth_user') ?? '';
    const named = [configured, ...(ini?.databases ?? []).map(({ options }) => options['auth_user'] ?? '')];
    const users = [...new Set(named.filter((name) => name !== ''))];
    const query = findSetting(config, 'auth_query') ?? '';
    const settings = configEvidence(config, ['auth_query', 'auth_user'], {
      en: 'a function, asked by a role that is no superuser',
      zh: '由非超级用户调用函数',
    });
    if (users.length === 0) {
      return ini === null
        ? undecided(
            {
              en: 'no auth_user is set, and pgbouncer.ini with those of its databases was not found',
              zh: '未设置 auth_user，且未找到 pgbouncer.ini 以核对各数据库的设置，无法判定',
            },
            settings,
          )
        : notApplicable(
            {
              en: 'PgBouncer looks no password up (no auth_user)',
              zh: 'PgBouncer 未设置 auth_user，不查询口令，本项不适用',
            },
            settings,
          );
    }
    const call = /\b(?:from|select)\s+(?:"?(\w+)"?\.)?"?(\w+)"?\s*\(\s*\$1/iu.exec(query);
    const called = routines.examined.flatMap(({ database, routines: list }) =>
      list
        .filter(
          ({ schema, signature }) =>
            call !== null && signature.split('(', 1)[0] === call[2] && (call[1] === undefined || schema === call[1]),
        )
        .map((routine) => ({ database, ...routine })),
    );
    const superusers = users.filter((user) => roles.roles.some(({ name, superuser }) => name === user && superuser));
    return verdictOf({
      complaints: [
        ...superusers.map((user) =>
          complaint('fail', `auth_user ${user} is a superuser`, `auth_user ${user} 是超级用户`),
        ),
        ...(call === null
          ? [
              complaint(
                'fail',
                'auth_query reads the catalog itself instead of calling a function',
                'auth_query 直接读取系统表，未使用函数',
              ),
            ]
          : called.length === 0
            ? [
                complaint(
                  'warn',
                  `the function ${call[2] ?? ''} was not found among the SECURITY DEFINER functions that were seen`,
                  `在已检查的 SECURITY DEFINER 函数中未找到 ${call[2] ?? ''}`,
                ),
              ]
            : []),
        ...called.flatMap(({ database, schema, signature, publicExecute, fixedSearchPath }) => {
          const name = `${schema}.${signature} in ${database}`;
          return [
            ...(publicExecute ? [complaint('fail', `PUBLIC may execute ${name}`, `PUBLIC 可执行 ${name}`)] : []),
            ...(fixedSearchPath
              ? []
              : [complaint('warn', `${name} sets no search_path`, `${name} 未固定 search_path`)]),
          ];
        }),
      ],
      good: {
        en: `${users.join(', ')} asks ${call?.[2] ?? ''}, which is for it alone`,
        zh: `${users.join('、')} 通过受限函数 ${call?.[2] ?? ''} 查询`,
      },
      evidence: [settings, superuserEvidence(roles, users), ...called.slice(0, 5).map(functionEvidence)],
    });
  },
});

function superuserEvidence({ roles }: FactMap['pg.roles'], users: readonly string[]): Evidence {
  const found = roles.filter(({ name }) => users.includes(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    fact: 'pg.roles',
    at: 'auth_user',
    actual: found.map(({ name, superuser }) => psqlRow(name, superuser)).join('\n'),
    expected: { en: 'f', zh: 'f' },
    sql: `SELECT rolname, rolsuper FROM pg_roles WHERE rolname IN (${users.map(sqlLiteral).join(', ')}) ORDER BY rolname::text COLLATE "C"`,
  };
}

function functionEvidence({
  database,
  schema,
  signature,
  publicExecute,
  fixedSearchPath,
}: FactMap['pg.routines']['examined'][number]['routines'][number] & { readonly database: string }): Evidence {
  const name = signature.split('(', 1)[0] ?? '';
  return {
    fact: 'pg.routines',
    at: `${schema}.${signature} in ${database}: PUBLIC may execute it, sets search_path`,
    actual: psqlRow(publicExecute, fixedSearchPath),
    expected: { en: 'f|t', zh: 'f|t' },
    database,
    sql: `SELECT EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE'), EXISTS (SELECT FROM unnest(p.proconfig) AS c WHERE c LIKE 'search\\_path=%') FROM pg_proc AS p WHERE p.pronamespace = ${sqlLiteral(schema)}::regnamespace AND p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' = ${sqlLiteral(`${name}${signature.slice(name.length)}`)}`,
  };
}
