import { defineCheck, fail, pass, warn } from '../../check.ts';
import { loadsLibrary } from '../preload.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings, observed } from '../setting-verdict.ts';

export const pgPasswordReusePrevented = defineCheck({
  id: 'pg-password-reuse-prevented',
  catalogue: ['PWD-005'],
  title: { en: 'An old password is not taken again', zh: '禁止重复使用历史口令' },
  severity: 'low',
  rationale: {
    en: 'Without a memory of old passwords a rotation is a change there and back.',
    zh: '不记录历史口令时，定期更换可以改回原口令而流于形式。',
  },
  remediation: {
    en: 'Preload credcheck and set password_reuse_history or password_reuse_interval.',
    zh: '预加载 credcheck 并设置 password_reuse_history 或 password_reuse_interval。',
  },
  fix: [
    'ALTER SYSTEM SET credcheck.password_reuse_history = 4',
    'ALTER SYSTEM SET credcheck.password_reuse_interval = 180',
  ],
  needs: ['pg.settings'],
  params: { minimumHistory: 4, minimumDays: 180 },
  evaluate({ 'pg.settings': settings }, { minimumHistory, minimumDays }) {
    const unproven = findUnprovenSettings(settings, ['shared_preload_libraries']);
    if (unproven !== undefined) return unproven;
    const evidence = [
      settingEvidence(settings, 'shared_preload_libraries', { en: 'credcheck', zh: 'credcheck' }),
      settingEvidence(settings, 'credcheck.password_reuse_history', {
        en: `at least ${minimumHistory}`,
        zh: `不小于 ${minimumHistory}`,
      }),
      settingEvidence(settings, 'credcheck.password_reuse_interval', {
        en: `or at least ${minimumDays} days`,
        zh: `或不小于 ${minimumDays} 天`,
      }),
    ];
    const history = Number(settings['credcheck.password_reuse_history']?.value ?? 0);
    const days = Number(settings['credcheck.password_reuse_interval']?.value ?? 0);
    if (!loadsLibrary(settings, 'credcheck') || (history === 0 && days === 0)) {
      return fail(
        { en: 'nothing keeps an old password from being set again', zh: '经核查，未限制重复使用历史口令' },
        ...evidence,
      );
    }
    return history >= minimumHistory || days >= minimumDays
      ? pass(observed(evidence.slice(1), '，符合要求'), ...evidence)
      : warn(observed(evidence.slice(1)), ...evidence);
  },
});
