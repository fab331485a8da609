import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { loadsLibrary } from '../preload.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

export const pgPrehashedPasswordsRefused = defineCheck({
  id: 'pg-prehashed-passwords-refused',
  catalogue: ['PWD-002'],
  title: { en: 'A hashed password does not pass the rules unseen', zh: '预加密口令不能绕过复杂度校验' },
  severity: 'medium',
  rationale: {
    en: 'credcheck cannot look into a verifier that a client made: where it takes them, or lets superusers off, its rules bind nobody.',
    zh: 'credcheck 无法检查客户端生成的校验值；若允许预加密口令或豁免超级用户，复杂度规则即形同虚设。',
  },
  remediation: {
    en: 'Switch credcheck.encrypted_password_allowed and credcheck.superuser_nocheck off.',
    zh: '将 credcheck.encrypted_password_allowed 与 credcheck.superuser_nocheck 设为 off。',
  },
  fix: [
    'ALTER SYSTEM SET credcheck.encrypted_password_allowed = off',
    'ALTER SYSTEM SET credcheck.superuser_nocheck = off',
  ],
  needs: ['pg.settings'],
  params: {},
  evaluate({ 'pg.settings': settings }) {
    const unproven = findUnprovenSettings(settings, ['shared_preload_libraries']);
    if (unproven !== undefined) return unproven;
    const preload = settingEvidence(settings, 'shared_preload_libraries', { en: 'credcheck', zh: 'credcheck' });
    if (!loadsLibrary(settings, 'credcheck')) {
      return notApplicable(
        {
          en: 'credcheck is not loaded; pg-password-complexity judges that',
          zh: '未加载 credcheck，本项不适用（由 pg-password-complexity 判断）',
        },
        preload,
      );
    }
    const off = { en: 'off', zh: 'off' };
    const allowed = settings['credcheck.encrypted_password_allowed']?.value;
    const spared = settings['credcheck.superuser_nocheck']?.value;
    return verdictOf({
      complaints: [
        ...(allowed === 'on' ? [complaint('warn', 'hashed passwords are taken unseen', '允许预加密口令')] : []),
        ...(spared === 'on' ? [complaint('warn', 'superusers are let off', '超级用户不受校验')] : []),
      ],
      unknown:
        allowed === undefined
          ? [
              {
                en: 'this version of credcheck does not show encrypted_password_allowed',
                zh: '该版本 credcheck 未提供 encrypted_password_allowed 参数',
              },
            ]
          : [],
      good: {
        en: 'credcheck refuses hashed passwords and spares nobody',
        zh: 'credcheck 拒绝预加密口令且不豁免超级用户',
      },
      evidence: [
        preload,
        settingEvidence(settings, 'credcheck.encrypted_password_allowed', off),
        settingEvidence(settings, 'credcheck.superuser_nocheck', off),
      ],
    });
  },
});
