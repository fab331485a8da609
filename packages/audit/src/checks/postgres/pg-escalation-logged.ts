import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { pgauditClasses } from '../pgaudit.ts';
import { loadsLibrary } from '../preload.ts';
import { roleColumns, rolesEvidence } from '../role-evidence.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';
import { sqlLiterals } from '../sql-literal.ts';

export const pgEscalationLogged = defineCheck({
  id: 'pg-escalation-logged',
  catalogue: ['ROLE-019'],
  title: { en: 'Becoming a superuser leaves a record', zh: '权限提升操作被记录' },
  severity: 'low',
  rationale: {
    en: 'Who may become a superuser should do so under an own name, on record: by set_user, or by a SET ROLE that pgaudit (class misc_set) or log_statement writes down.',
    zh: '有权提升为超级用户者应以本人账号登录并留痕：使用 set_user，或由 pgaudit（misc_set 类）、log_statement 记录 SET ROLE。',
  },
  remediation: {
    en: 'Preload set_user, let administrators log in under their own roles, and make superusers other than that of Patroni NOLOGIN.',
    zh: '预加载 set_user，管理员以个人账号登录，除 Patroni 所用外的超级用户设为 NOLOGIN。',
  },
  fix: [
    `ALTER SYSTEM SET shared_preload_libraries = '{existing libraries}', 'set_user'`,
    `ALTER SYSTEM SET pgaudit.log = 'ddl, role, misc_set'`,
    'ALTER ROLE {role} NOLOGIN',
  ],
  needs: ['pg.settings', 'pg.roles'],
  params: { mayLogIn: ['postgres'] },
  evaluate({ 'pg.settings': settings, 'pg.roles': { roles } }, { mayLogIn }) {
    const unproven = findUnprovenSettings(settings, ['shared_preload_libraries', 'log_statement']);
    if (unproven !== undefined) return unproven;
    const logsSetRole =
      loadsLibrary(settings, 'pgaudit') && pgauditClasses(settings['pgaudit.log']?.value ?? '').has('misc_set');
    const isLogged = loadsLibrary(settings, 'set_user') || logsSetRole || settings['log_statement']?.value === 'all';
    const open = roles.filter(
      ({ name, superuser, canLogin, isBootstrap }) => superuser && canLogin && !isBootstrap && !mayLogIn.includes(name),
    );
    const left = mayLogIn.length === 0 ? '' : ` AND rolname NOT IN (${sqlLiterals(mayLogIn)})`;
    return verdictOf({
      complaints: [
        ...(isLogged
          ? []
          : [
              complaint(
                'warn',
                'neither set_user, nor pgaudit with misc_set, nor log_statement records a change of role',
                '未加载 set_user，pgaudit 未启用 misc_set，log_statement 亦未记录角色切换',
              ),
            ]),
        ...(open.length === 0
          ? []
          : [
              complaint(
                'warn',
                `superusers log in directly: ${nameList(open.map(({ name }) => name)).en}`,
                `超级用户可直接登录：${nameList(open.map(({ name }) => name)).zh}`,
              ),
            ]),
      ],
      good: {
        en: 'a change of role is recorded, and superusers do not log in',
        zh: '角色切换有记录，且超级用户不直接登录',
      },
      evidence: [
        settingEvidence(settings, 'shared_preload_libraries', {
          en: 'set_user or pgaudit',
          zh: '包含 set_user 或 pgaudit',
        }),
        settingEvidence(settings, 'pgaudit.log', { en: 'misc_set, misc or all', zh: '包含 misc_set、misc 或 all' }),
        settingEvidence(settings, 'log_statement', { en: 'all, without the others', zh: '无其他手段时为 all' }),
        rolesEvidence(
          open,
          `rolsuper AND rolcanlogin AND oid <> 10${left}`,
          [roleColumns.superuser],
          'superusers that may log in',
          { en: 'none', zh: '无' },
        ),
      ],
    });
  },
});
