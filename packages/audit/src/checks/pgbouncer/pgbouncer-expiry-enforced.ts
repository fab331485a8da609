import { defineCheck, notApplicable, undecided, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { configEvidence, findSetting, isOtherList, otherListVerdict } from '../pgbouncer-evidence.ts';
import { psqlRow } from '../psql-output.ts';
import { sqlLiteral } from '../sql-literal.ts';

export const pgbouncerExpiryEnforced = defineCheck({
  id: 'pgbouncer-expiry-enforced',
  scope: 'pgbouncer',
  catalogue: ['PGB-009'],
  title: {
    en: 'Expired and locked roles cannot get in through PgBouncer',
    zh: '口令到期或被禁用的角色无法通过 PgBouncer 登录',
  },
  severity: 'high',
  rationale: {
    en: 'PgBouncer checks passwords itself: a list knows neither VALID UNTIL nor NOLOGIN, and an open pool serves the role for as long as it likes.',
    zh: 'PgBouncer 自行校验口令，静态列表不感知 VALID UNTIL 与 NOLOGIN，已建立的连接池会继续为该角色服务。',
  },
  remediation: {
    en: 'Look roles up with an auth_query that answers nothing for expired and locked ones (the default since 1.24.1), and list only users that never expire.',
    zh: '使用对到期与禁用角色不返回结果的 auth_query（1.24.1 起的默认值），列表中仅保留不设有效期的用户。',
  },
  fix: [
    'auth_query = SELECT rolname, CASE WHEN rolvaliduntil < now() THEN NULL ELSE rolpassword END FROM pg_authid WHERE rolname = $1 AND rolcanlogin',
    'RELOAD',
  ],
  needs: ['pgbouncer.config', 'node.pgbouncer-userlist', 'pg.roles', 'pg.secret-routines'],
  params: {},
  evaluate(facts, _params, { at }) {
    const { 'pgbouncer.config': config, 'node.pgbouncer-userlist': list, 'pg.roles': roles } = facts;
    if (list !== null && isOtherList(config, list)) return otherListVerdict(config);
    const listed = new Set((list?.users ?? []).map(({ user }) => user));
    const known = roles.roles.filter(({ name }) => listed.has(name));
    const dead = known.filter(({ canLogin, validUntil }) => !canLogin || hasPassed(validUntil, at));
    const expiring = known.filter((role) => !dead.includes(role) && hasEnd(role));
    const query = findSetting(config, 'auth_query') ?? '';
    const usesQuery = (findSetting(config, 'auth_user') ?? '') !== '';
    const called = usesQuery ? calledRoutines(facts['pg.secret-routines'], query) : [];
    const heeds =
      /valid_?until/iu.test(query) || (called.length > 0 && called.every((routine) => routine.namesValidUntil));
    const evidence = [
      configEvidence(config, ['auth_file', 'auth_query', 'auth_user'], {
        en: 'a query that knows VALID UNTIL',
        zh: '查询中判断 VALID UNTIL',
      }),
      ...called.map(routineEvidence),
      ...(listed.size === 0 ? [] : [listedEvidence(roles, [...listed])]),
    ];
    if (listed.size === 0 && !usesQuery) {
      return notApplicable(
        { en: 'PgBouncer holds no secret of a role', zh: 'PgBouncer 不保存角色口令，本项不适用' },
        ...evidence,
      );
    }
    const isUnseen = usesQuery && !heeds && called.length === 0 && !/\bpg_(?:authid|shadow)\b/iu.test(query);
    const verdict = verdictOf({
      complaints: [
        ...named(dead, 'fail', 'expired or locked, yet listed', '已到期或禁用但仍在列表中'),
        ...(usesQuery && !heeds && !isUnseen
          ? [complaint('fail', 'what looks passwords up ignores VALID UNTIL', '查询口令的语句或函数未判断 VALID UNTIL')]
          : []),
        ...named(expiring, 'warn', 'will expire, but the list does not know', '将到期但列表无法感知'),
      ],
      good: {
        en: 'no listed role expires, and what is looked up heeds VALID UNTIL',
        zh: '列表中的角色均不会到期，查询方式判断有效期',
      },
      evidence,
    });
    if (verdict.outcome === 'fail' || !isUnseen) return verdict;
    return undecided(
      {
        en: 'auth_query asks a function that was not found among those that read secrets; look at its body',
        zh: '未在读取口令的函数中找到 auth_query 所调用者，需人工核对函数体，无法判定',
      },
      ...evidence,
    );
  },
});

type SecretRoutines = FactMap['pg.secret-routines'];
type Called = SecretRoutines['examined'][number]['routines'][number] & { readonly database: string };

const named = (
  roles: FactMap['pg.roles']['roles'],
  level: 'warn' | 'fail',
  en: string,
  zh: string,
): readonly Complaint[] => {
  const list = nameList(roles.map(({ name }) => name));
  return roles.length === 0 ? [] : [complaint(level, `${en}: ${list.en}`, `${zh}：${list.zh}`)];
};

/** Routines whose name stands before a parenthesis in the query. */
const calledRoutines = ({ examined }: SecretRoutines, query: string): readonly Called[] =>
  examined.flatMap(({ database, routines }) =>
    routines
      .filter(({ name }) => new RegExp(`\\b${name.replaceAll(/\W/gu, String.raw`\$&`)}"?\\s*\\(`, 'u').test(query))
      .map((routine) => ({ database, ...routine })),
  );

const routineEvidence = ({ database, schema, name, namesValidUntil }: Called): Evidence => ({
  fact: 'pg.secret-routines',
  at: `${schema}.${name} in ${database} speaks of VALID UNTIL`,
  actual: psqlRow(namesValidUntil),
  expected: { en: 't', zh: 't' },
  database,
  sql: `SELECT pg_get_functiondef(p.oid) ~* 'valid_?until' FROM pg_proc AS p WHERE p.pronamespace = ${sqlLiteral(schema)}::regnamespace AND p.proname = ${sqlLiteral(name)} ORDER BY p.oid`,
});

const hasEnd = ({ validUntil }: FactMap['pg.roles']['roles'][number]): boolean =>
  validUntil !== null && validUntil !== 'infinity';

const hasPassed = (validUntil: string | null, at: string): boolean =>
  validUntil !== null && validUntil !== 'infinity' && Date.parse(`${validUntil}Z`) <= Date.parse(at);

function listedEvidence({ roles }: FactMap['pg.roles'], names: readonly string[]): Evidence {
  const found = roles.filter(({ name }) => names.includes(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    fact: 'pg.roles',
    at: 'listed users that are roles: may log in, has an end',
    actual: found
      .map(({ name, canLogin, validUntil }) =>
        psqlRow(name, canLogin, validUntil !== null && validUntil !== 'infinity'),
      )
      .join('\n'),
    expected: { en: 't|f', zh: 't|f' },
    sql: `SELECT rolname, rolcanlogin, coalesce(rolvaliduntil < 'infinity', false) FROM pg_roles WHERE rolname IN (${names.map(sqlLiteral).join(', ')}) ORDER BY rolname::text COLLATE "C"`,
  };
}
