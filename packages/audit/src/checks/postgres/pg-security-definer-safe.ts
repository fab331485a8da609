import { defineCheck, fail, pass, warn, type SqlEvidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { databaseEvidence, findUnseenDatabases } from '../database-scan.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { psqlRow } from '../psql-output.ts';
import { sqlLiteral } from '../sql-literal.ts';

type Routine = FactMap['pg.routines']['examined'][number]['routines'][number];

export const pgSecurityDefinerSafe = defineCheck({
  id: 'pg-security-definer-safe',
  catalogue: ['ROLE-013'],
  title: { en: 'SECURITY DEFINER routines are safe', zh: 'SECURITY DEFINER 函数安全' },
  severity: 'high',
  rationale: {
    en: 'Such a routine runs with its owner’s rights; without a fixed search_path its caller chooses what it calls.',
    zh: '此类函数以属主权限执行，未固定 search_path 时，调用者可诱导其执行恶意对象，从而提升权限。',
  },
  remediation: {
    en: 'Set search_path on each, revoke EXECUTE from PUBLIC, and give it an owner with no more rights than it needs.',
    zh: '为其固定 search_path，收回 PUBLIC 的 EXECUTE 权限，并改由最小权限账号作为属主。',
  },
  fix: [
    `ALTER FUNCTION {routine} SET search_path = pg_catalog, pg_temp`,
    'REVOKE EXECUTE ON FUNCTION {routine} FROM PUBLIC',
    'ALTER FUNCTION {routine} OWNER TO {role}',
  ],
  needs: ['pg.routines'],
  params: {},
  evaluate({ 'pg.routines': { examined, closed } }) {
    const routines = examined.flatMap(({ database, routines: list }) =>
      list.map((routine) => ({ database, routine, level: judge(routine) })),
    );
    const wrong = [
      ...routines.filter(({ level }) => level === 'fail'),
      ...routines.filter(({ level }) => level === 'warn'),
    ];
    const unseen = findUnseenDatabases('pg.routines', closed);
    if (wrong.length === 0) {
      if (unseen !== undefined) return unseen;
      const list = nameList(examined.map(({ database }) => database));
      return pass(
        {
          en: `${routines.length} SECURITY DEFINER routine(s) in ${list.en}: each fixes its search_path and none is open to PUBLIC`,
          zh: `经核查，数据库 ${list.zh} 中共有 ${routines.length} 个 SECURITY DEFINER 函数，均已固定 search_path 且未对 PUBLIC 开放，符合要求`,
        },
        ...examined
          .slice(0, evidenceRows)
          .map(({ database, routines: found }) =>
            databaseEvidence(
              'pg.routines',
              database,
              'SECURITY DEFINER routines',
              String(found.length),
              'SELECT count(*) FROM pg_proc WHERE prosecdef AND oid >= 16384',
              { en: 'any number of safe ones', zh: '均为安全函数' },
            ),
          ),
      );
    }
    const failing = wrong.some(({ level }) => level === 'fail');
    if (!failing && unseen !== undefined) return unseen;
    const list = nameList(wrong.map(({ database, routine }) => `${database}: ${routine.schema}.${routine.signature}`));
    const reason = {
      en: `${wrong.length} of ${routines.length} SECURITY DEFINER routines lack a fixed search_path or are open to PUBLIC: ${list.en}`,
      zh: `经核查，${routines.length} 个 SECURITY DEFINER 函数中有 ${wrong.length} 个未固定 search_path 或对 PUBLIC 开放：${list.zh}`,
    };
    const evidence = wrong.slice(0, evidenceRows).map(({ database, routine }) => routineEvidence(database, routine));
    return failing ? fail(reason, ...evidence) : warn(reason, ...evidence);
  },
});

/** A superuser as owner makes the other two dangerous; alone, with path and grants in order, it is how monitoring works. */
function judge({ ownerSuperuser, fixedSearchPath, publicExecute }: Routine): 'pass' | 'warn' | 'fail' {
  if (ownerSuperuser && !fixedSearchPath && publicExecute) return 'fail';
  return !fixedSearchPath || publicExecute ? 'warn' : 'pass';
}

const routineEvidence = (database: string, routine: Routine): SqlEvidence => ({
  ...databaseEvidence(
    'pg.routines',
    database,
    `${routine.schema}.${routine.signature}`,
    psqlRow(routine.owner, routine.ownerSuperuser, routine.fixedSearchPath, routine.publicExecute),
    `SELECT r.rolname, r.rolsuper, EXISTS (SELECT FROM unnest(p.proconfig) AS c WHERE c LIKE 'search\\_path=%'), EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a WHERE a.grantee = 0) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles r ON r.oid = p.proowner WHERE n.nspname = ${sqlLiteral(routine.schema)} AND p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' = ${sqlLiteral(routine.signature)}`,
    {
      en: 'owner, not a superuser, search_path fixed, not PUBLIC',
      zh: '属主非超级用户、已固定 search_path、未对 PUBLIC 开放',
    },
  ),
});
