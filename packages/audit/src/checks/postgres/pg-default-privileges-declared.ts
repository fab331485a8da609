import { defineCheck, manual } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { databaseEvidence, findUnseenDatabases } from '../database-scan.ts';
import { evidenceRows } from '../name-list.ts';
import { psqlRows } from '../psql-output.ts';
import { sqlLiterals } from '../sql-literal.ts';

export const pgDefaultPrivilegesDeclared = defineCheck({
  id: 'pg-default-privileges-declared',
  catalogue: ['ROLE-016'],
  title: { en: 'Default privileges serve the declared tiers of roles', zh: '默认权限符合声明的角色分层' },
  severity: 'medium',
  rationale: {
    en: 'Objects to come get the rights that default privileges say; where a tier is missing somebody grants by hand, and too much. The default is Pigsty’s tiers, judged where one of its roles exists.',
    zh: '新建对象的权限由默认权限决定，缺失分层时往往靠手工授权且容易过宽。缺省按 Pigsty 的角色分层，在存在该类角色时判断。',
  },
  remediation: {
    en: 'Set the default privileges for each owner in each database, or declare the tiers of this organisation in the parameter entries.',
    zh: '在每个数据库中为各属主设置默认权限，或在参数 entries 中声明本组织的分层。',
  },
  fix: ['ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT {privilege} ON {objects} TO {tier}'],
  needs: ['pg.object-access', 'pg.roles'],
  params: {
    /** `<role> <privilege> <objects>`. */
    entries: [
      'dbrole_readonly SELECT TABLES',
      'dbrole_readonly SELECT SEQUENCES',
      'dbrole_readonly EXECUTE FUNCTIONS',
      'dbrole_readwrite INSERT TABLES',
      'dbrole_readwrite UPDATE TABLES',
      'dbrole_readwrite DELETE TABLES',
      'dbrole_admin TRUNCATE TABLES',
    ],
    ignoredDatabases: ['postgres'],
  },
  evaluate({ 'pg.object-access': { examined, closed }, 'pg.roles': { roles } }, { entries, ignoredDatabases }) {
    const wanted = entries.map((entry) => entry.split(/\s+/u));
    const tiers = [...new Set(wanted.flatMap(([role]) => role ?? []))];
    const existing = roles.map(({ name }) => name).filter((name) => tiers.includes(name));
    const tiersEvidence = {
      fact: 'pg.roles' as const,
      at: 'tiers that exist as roles',
      actual: psqlRows(existing.map((name) => [name])),
      expected: { en: 'the declared tiers', zh: '已声明的分层角色' },
      sql: `SELECT rolname FROM pg_roles WHERE rolname IN (${sqlLiterals(tiers)}) ORDER BY rolname`,
    };
    if (existing.length === 0) {
      return manual(
        {
          en: 'none of the tiers is a role here; declare those of this organisation in params.pg-default-privileges-declared.entries',
          zh: '未发现所列分层角色，请在 params.pg-default-privileges-declared.entries 中声明本组织的角色分层',
        },
        tiersEvidence,
      );
    }
    const unseen = findUnseenDatabases('pg.object-access', closed);
    if (unseen !== undefined) return unseen;
    const judged = examined.filter(({ database }) => !ignoredDatabases.includes(database));
    const complaints = judged.flatMap(({ database, defaultPrivileges }) => {
      const missing = wanted.filter(
        ([role = '', privilege, objects]) =>
          existing.includes(role) &&
          !defaultPrivileges.some(
            (entry) => entry.grantee === role && entry.privilege === privilege && entry.objects === objects,
          ),
      );
      return missing.length === 0
        ? []
        : [
            complaint(
              'warn',
              `${database}: no default privilege ${missing.map(([role, ...rest]) => `${rest.join(' on ')} for ${role ?? ''}`).join(', ')}`,
              `数据库 ${database}：缺少默认权限 ${missing.map((words) => words.join(' ')).join('、')}`,
            ),
          ];
    });
    return verdictOf({
      complaints,
      good: {
        en: `the tiers ${existing.join(', ')} have their default privileges in ${judged.length} databases`,
        zh: `${judged.length} 个数据库中分层角色 ${existing.join('、')} 的默认权限齐全`,
      },
      evidence: [
        tiersEvidence,
        ...judged
          .slice(0, evidenceRows)
          .map(({ database, defaultPrivileges }) =>
            databaseEvidence(
              'pg.object-access',
              database,
              'default privileges of the tiers',
              psqlRows(
                [
                  ...new Set(
                    defaultPrivileges
                      .filter(({ grantee }) => grantee !== null && existing.includes(grantee))
                      .map(({ grantee, privilege, objects }) => `${grantee ?? ''}|${privilege}|${objects}`),
                  ),
                ]
                  .toSorted()
                  .map((row) => [row]),
              ),
              `SELECT DISTINCT (r.rolname || '|' || a.privilege_type || '|' || CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END) COLLATE "C" FROM pg_default_acl d CROSS JOIN LATERAL aclexplode(d.defaclacl) AS a JOIN pg_roles r ON r.oid = a.grantee WHERE d.defaclobjtype IN ('r', 'S', 'f', 'T', 'n') AND r.rolname IN (${sqlLiterals(existing)}) ORDER BY 1`,
              { en: 'every declared entry', zh: '包含全部声明条目' },
            ),
          ),
      ],
    });
  },
});
