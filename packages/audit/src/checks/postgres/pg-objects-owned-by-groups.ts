import { defineCheck } from '../../check.ts';
import { madeObjects } from '../../made-objects.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { databaseEvidence, findUnseenDatabases } from '../database-scan.ts';
import { membershipOf } from '../membership.ts';
import { evidenceRows } from '../name-list.ts';
import { psqlRows } from '../psql-output.ts';

export const pgObjectsOwnedByGroups = defineCheck({
  id: 'pg-objects-owned-by-groups',
  catalogue: ['ROLE-015'],
  title: { en: 'Objects belong to roles that nobody logs in with', zh: '业务对象由专用 NOLOGIN 角色所有' },
  severity: 'medium',
  rationale: {
    en: 'An owner may drop its tables and is not held by row security, so an application should not be one; through a superuser’s ownership a member gets the superuser.',
    zh: '属主可删除其表且不受行级安全约束，应用登录账号不应为属主；若属主为超级用户，其成员即可获得超级权限。',
  },
  remediation: {
    en: 'Make a NOLOGIN role for each application and give it the objects.',
    zh: '为每个应用建立 NOLOGIN 属主角色并移交对象。',
  },
  fix: ['CREATE ROLE {owner} NOLOGIN', 'REASSIGN OWNED BY {role} TO {owner}'],
  needs: ['pg.object-access', 'pg.roles'],
  params: {},
  evaluate({ 'pg.object-access': { examined, closed }, 'pg.roles': roles }) {
    const unseen = findUnseenDatabases('pg.object-access', closed);
    const isMember = membershipOf(roles);
    const complaints = examined.flatMap(({ database, owners }) =>
      owners.flatMap(({ owner, relations }) => {
        const role = roles.roles.find(({ name }) => name === owner);
        if (role?.superuser === true) {
          const through = roles.roles.find(
            ({ name, superuser, canLogin }) => canLogin && !superuser && isMember(name, owner),
          );
          return [
            complaint(
              through === undefined ? 'warn' : 'fail',
              `${database}: ${relations} relations belong to superuser ${owner}${through === undefined ? '' : `, of which ${through.name} is a member`}`,
              `数据库 ${database}：${relations} 个对象属于超级用户 ${owner}${through === undefined ? '' : `，且 ${through.name} 是其成员`}`,
            ),
          ];
        }
        return role?.canLogin === true
          ? [
              complaint(
                'warn',
                `${database}: ${relations} relations belong to login role ${owner}`,
                `数据库 ${database}：${relations} 个对象属于可登录账号 ${owner}`,
              ),
            ]
          : [];
      }),
    );
    if (unseen !== undefined && !complaints.some(({ level }) => level === 'fail')) return unseen;
    return verdictOf({
      complaints,
      good: {
        en: `relations of ${examined.length} databases belong to roles without a login`,
        zh: `${examined.length} 个数据库中的业务对象均属于 NOLOGIN 角色`,
      },
      evidence: examined
        .slice(0, evidenceRows)
        .map(({ database, owners }) =>
          databaseEvidence(
            'pg.object-access',
            database,
            'relations by owner',
            psqlRows(owners.map(({ owner, relations }) => [owner, relations])),
            `SELECT pg_get_userbyid(owner), count(*) FROM (${madeObjects}) AS made WHERE kind <> 'function' GROUP BY 1 ORDER BY 1`,
            { en: 'owners without a login', zh: '属主均不可登录' },
          ),
        ),
    });
  },
});
