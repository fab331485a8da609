import { defineCheck, fail, pass, warn } from '../../check.ts';
import { loadsLibrary } from '../preload.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

const lengthName = 'credcheck.password_min_length';
/** One setting per class of characters; one or more asks for it. */
const classNames = [
  'credcheck.password_min_digit',
  'credcheck.password_min_lower',
  'credcheck.password_min_special',
  'credcheck.password_min_upper',
] as const;

export const pgPasswordComplexity = defineCheck({
  id: 'pg-password-complexity',
  catalogue: ['PWD-001'],
  title: { en: 'The server refuses simple passwords', zh: '服务器强制口令复杂度' },
  severity: 'high',
  rationale: {
    en: 'PostgreSQL itself takes any password; without a module, complexity is a promise of each administrator.',
    zh: 'PostgreSQL 自身不校验口令复杂度，未加载校验模块时，复杂度要求仅依赖管理员自觉。',
  },
  remediation: {
    en: 'Preload credcheck on every member with a minimum length and three classes of characters, and restart one by one.',
    zh: '在所有成员上预加载 credcheck，设置最小长度及至少三类字符要求，并逐个重启。',
  },
  fix: [
    `ALTER SYSTEM SET shared_preload_libraries = '{existing libraries}', 'credcheck'`,
    'ALTER SYSTEM SET credcheck.password_min_length = 8',
    'ALTER SYSTEM SET credcheck.password_min_digit = 1',
    'ALTER SYSTEM SET credcheck.password_min_lower = 1',
    'ALTER SYSTEM SET credcheck.password_min_upper = 1',
  ],
  needs: ['pg.settings'],
  params: { minimumLength: 8, minimumClasses: 3 },
  evaluate({ 'pg.settings': settings }, { minimumLength, minimumClasses }) {
    const unproven = findUnprovenSettings(settings, ['shared_preload_libraries']);
    if (unproven !== undefined) return unproven;
    const preload = settingEvidence(settings, 'shared_preload_libraries', {
      en: 'holds credcheck, passwordcheck or passwordcheck_cracklib',
      zh: '包含 credcheck、passwordcheck 或 passwordcheck_cracklib',
    });
    if (loadsLibrary(settings, 'credcheck')) {
      const length = Number(settings[lengthName]?.value ?? 0);
      const classes = classNames.filter((name) => Number(settings[name]?.value ?? 0) > 0);
      const evidence = [
        preload,
        settingEvidence(settings, lengthName, { en: `at least ${minimumLength}`, zh: `不小于 ${minimumLength}` }),
        ...classNames.map((name) =>
          settingEvidence(settings, name, {
            en: `1 or more in ${minimumClasses} of these`,
            zh: `至少 ${minimumClasses} 项不小于 1`,
          }),
        ),
      ];
      const reason = {
        en: `credcheck asks for ${length} characters of ${classes.length} classes`,
        zh: `经核查，已加载 credcheck，最小长度 ${length}，要求 ${classes.length} 类字符`,
      };
      return length >= minimumLength && classes.length >= minimumClasses
        ? pass({ en: reason.en, zh: `${reason.zh}，符合要求` }, ...evidence)
        : warn(
            {
              en: `${reason.en}, expected ${minimumLength} of ${minimumClasses}`,
              zh: `${reason.zh}，应不少于 ${minimumLength} 位、${minimumClasses} 类`,
            },
            ...evidence,
          );
    }
    const simple = ['passwordcheck', 'passwordcheck_cracklib'].find((name) => loadsLibrary(settings, name));
    if (simple !== undefined) {
      // Version 18 made its minimum length a setting.
      const minimum = settings['passwordcheck.min_password_length'];
      const evidence =
        minimum === undefined
          ? []
          : [
              settingEvidence(settings, 'passwordcheck.min_password_length', {
                en: `at least ${minimumLength}`,
                zh: `不小于 ${minimumLength}`,
              }),
            ];
      return warn(
        {
          en: `${simple} is loaded: it knows few rules, and none for passwords that arrive hashed`,
          zh: `经核查，已加载 ${simple}，其规则有限，且无法校验客户端预先加密的口令`,
        },
        preload,
        ...evidence,
      );
    }
    return fail(
      {
        en: 'no module checks new passwords: any password is accepted',
        zh: '经核查，未加载口令复杂度校验模块，服务器接受任意口令',
      },
      preload,
    );
  },
});
