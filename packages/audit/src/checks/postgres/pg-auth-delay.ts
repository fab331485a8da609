import { defineCheck, fail, pass, warn } from '../../check.ts';
import { loadsLibrary } from '../preload.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

export const pgAuthDelay = defineCheck({
  id: 'pg-auth-delay',
  catalogue: ['AUTH-014'],
  title: { en: 'A failed login is answered slowly', zh: '登录失败后延迟响应' },
  severity: 'high',
  rationale: {
    en: 'PostgreSQL itself neither counts nor slows wrong passwords; auth_delay or credcheck makes guessing take time.',
    zh: 'PostgreSQL 自身不限制口令尝试频率，需由 auth_delay 或 credcheck 延迟响应以抑制暴力猜解。',
  },
  remediation: {
    en: 'Preload auth_delay or credcheck on every member, set a delay of half a second or more, and restart one by one.',
    zh: '在所有成员上预加载 auth_delay 或 credcheck，将延迟设为 500 毫秒及以上，并逐个重启。',
  },
  fix: [
    `ALTER SYSTEM SET shared_preload_libraries = '{existing libraries}', 'auth_delay'`,
    `ALTER SYSTEM SET auth_delay.milliseconds = 500`,
  ],
  needs: ['pg.settings'],
  params: { minimumDelayMs: 500 },
  evaluate({ 'pg.settings': settings }, { minimumDelayMs }) {
    const unproven = findUnprovenSettings(settings, ['shared_preload_libraries']);
    if (unproven !== undefined) return unproven;
    const expected = { en: `at least ${minimumDelayMs} (ms)`, zh: `不少于 ${minimumDelayMs}（毫秒）` };
    const preload = settingEvidence(settings, 'shared_preload_libraries', {
      en: 'holds auth_delay or credcheck',
      zh: '包含 auth_delay 或 credcheck',
    });
    const delays = [
      { library: 'auth_delay', name: 'auth_delay.milliseconds' },
      { library: 'credcheck', name: 'credcheck.auth_delay_ms' },
    ].flatMap(({ library, name }) =>
      loadsLibrary(settings, library)
        ? [{ name, delayMs: Number(settings[name]?.value ?? 0), evidence: settingEvidence(settings, name, expected) }]
        : [],
    );
    const evidence = [preload, ...delays.map((delay) => delay.evidence)];
    if (delays.length === 0) {
      return fail(
        {
          en: 'neither auth_delay nor credcheck is loaded: wrong passwords are answered at once',
          zh: '经核查，未加载 auth_delay 或 credcheck，登录失败后无延迟响应',
        },
        ...evidence,
      );
    }
    const longest = delays.reduce((a, b) => (b.delayMs > a.delayMs ? b : a));
    const reason = {
      en: `${longest.name} is ${longest.delayMs} ms`,
      zh: `经核查，${longest.name} 为 ${longest.delayMs} 毫秒`,
    };
    if (longest.delayMs >= minimumDelayMs) {
      return pass({ en: reason.en, zh: `${reason.zh}，符合要求` }, ...evidence);
    }
    const short = { en: `${reason.en}, expected ${expected.en}`, zh: `${reason.zh}，应${expected.zh}` };
    return longest.delayMs > 0 ? warn(short, ...evidence) : fail(short, ...evidence);
  },
});
