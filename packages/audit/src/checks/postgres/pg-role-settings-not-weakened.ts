import { defineCheck, fail, pass, warn, type SqlEvidence } from '../../check.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { psqlRow } from '../psql-output.ts';
import { roleSettingsEvidence, settingPlace } from '../role-setting-evidence.ts';
import { sqlEquals, sqlLiteral, sqlLiterals } from '../sql-literal.ts';
import { findWeakening, isSecurityParameter, watchedSettings } from '../weakened-setting.ts';

export const pgRoleSettingsNotWeakened = defineCheck({
  id: 'pg-role-settings-not-weakened',
  catalogue: ['ROLE-021', 'LOG-006'],
  title: {
    en: 'No role or database has weaker security settings than the server',
    zh: '账号和数据库级设置未削弱安全策略',
  },
  severity: 'high',
  rationale: {
    en: 'A value bound to a role replaces the server’s, and GRANT SET or ALTER SYSTEM hands the switch over: audit goes quiet for just that role.',
    zh: '账号或数据库级设置会覆盖服务器配置，参数授权则可将开关交给普通账号，导致特定账号的审计被静默关闭。',
  },
  remediation: {
    en: 'Reset the overrides named here, and revoke SET and ALTER SYSTEM on security parameters.',
    zh: '清除所列覆盖设置，并收回普通账号对安全参数的 SET、ALTER SYSTEM 权限。',
  },
  fix: ['ALTER ROLE {role} RESET {setting}', 'REVOKE SET, ALTER SYSTEM ON PARAMETER {setting} FROM {role}'],
  needs: ['pg.roles', 'pg.settings'],
  params: {},
  evaluate({ 'pg.roles': roles, 'pg.settings': settings }) {
    const superusers = new Set(roles.roles.flatMap((role) => (role.superuser ? [role.name] : [])));
    const weaker = roles.settings.flatMap((setting) => {
      const why = findWeakening(setting, settings);
      return why === undefined ? [] : [{ setting, why }];
    });
    const granted = roles.parameterGrants.filter(
      ({ parameter, grantee }) => isSecurityParameter(parameter) && !(grantee !== null && superusers.has(grantee)),
    );
    const paths = roles.settings.filter(
      ({ name, role }) => name === 'search_path' && role !== null && superusers.has(role),
    );
    const expected = { en: 'not weaker than the server', zh: '不弱于服务器设置' };
    const evidence = [
      ...roleSettingsEvidence(
        weaker.map(({ setting }) => setting),
        expected,
      ),
      ...granted.slice(0, evidenceRows).map(({ parameter, grantee, privilege }): SqlEvidence => ({
        fact: 'pg.roles',
        at: `parameter ${parameter}`,
        actual: psqlRow(parameter, grantee, privilege),
        expected: { en: 'superusers only', zh: '仅超级用户' },
        sql: `SELECT p.parname, r.rolname, a.privilege_type FROM pg_parameter_acl p CROSS JOIN aclexplode(p.paracl) AS a LEFT JOIN pg_roles r ON r.oid = a.grantee WHERE p.parname = ${sqlLiteral(parameter)} AND a.privilege_type = '${privilege}' AND r.rolname ${sqlEquals(grantee)}`,
      })),
    ];
    if (evidence.length > 0) {
      const en = [
        ...weaker.map(({ setting, why }) => `${settingPlace(setting).en}: ${why.en}`),
        ...granted.map((grant) => `${grant.grantee ?? 'PUBLIC'} holds ${grant.privilege} on ${grant.parameter}`),
      ];
      const zh = [
        ...weaker.map(({ setting, why }) => `${settingPlace(setting).zh}的 ${why.zh}`),
        ...granted.map(
          (grant) => `${grant.grantee ?? 'PUBLIC'} 拥有参数 ${grant.parameter} 的 ${grant.privilege} 权限`,
        ),
      ];
      return fail(
        { en: nameList(en).en, zh: `经核查，存在削弱安全策略的设置或授权：${zh.slice(0, 5).join('；')}` },
        ...evidence,
      );
    }
    if (paths.length > 0) {
      const places = paths.map(settingPlace);
      const en = nameList(places.map((place) => place.en)).en;
      const zh = nameList(places.map((place) => place.zh)).zh;
      return warn(
        {
          en: `superusers have a search_path of their own: ${en}`,
          zh: `经核查，超级用户设有专属 search_path：${zh}`,
        },
        ...roleSettingsEvidence(paths, {
          en: 'pg_catalog first, and no schema others may write',
          zh: '不含他人可写的模式',
        }),
      );
    }
    const watched = roles.settings.filter(({ name }) => watchedSettings.some((item) => item === name)).length;
    return pass(
      {
        en: `${watched} override(s) of watched settings, none weaker than the server, and no security parameter is granted`,
        zh: `经核查，受关注参数的账号、数据库级设置共 ${watched} 处，均不弱于服务器设置，且未授予安全参数权限，符合要求`,
      },
      {
        fact: 'pg.roles',
        at: 'overrides of watched settings',
        actual: String(watched),
        expected,
        sql: `SELECT count(*) FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS c WHERE split_part(c, '=', 1) IN (${sqlLiterals(watchedSettings)})`,
      },
    );
  },
});
