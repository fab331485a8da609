import { defineCheck, fail, pass, warn } from '../../check.ts';
import { configEvidence, findSetting, settingList } from '../pgbouncer-evidence.ts';

export const pgbouncerStartupParameters = defineCheck({
  id: 'pgbouncer-startup-parameters',
  scope: 'pgbouncer',
  catalogue: ['PGB-013'],
  title: {
    en: 'Clients of PgBouncer cannot set a search_path that others run with',
    zh: 'PgBouncer 客户端无法设置影响他人的 search_path',
  },
  severity: 'medium',
  rationale: {
    en: 'Before 1.25.1 a tracked search_path reaches the connection that runs auth_query: SQL without a login (CVE-2025-12819).',
    zh: '1.25.1 之前，被跟踪的 search_path 会作用于执行 auth_query 的连接，可未登录执行 SQL（CVE-2025-12819）。',
  },
  remediation: {
    en: 'Upgrade to 1.25.1, or take search_path out of track_extra_parameters; ignore only what clients really send.',
    zh: '升级到 1.25.1，或从 track_extra_parameters 中移除 search_path；仅忽略客户端实际发送的参数。',
  },
  fix: ['track_extra_parameters = IntervalStyle', 'ignore_startup_parameters = extra_float_digits', 'RELOAD'],
  needs: ['pgbouncer.config', 'pgbouncer.version'],
  params: {},
  evaluate({ 'pgbouncer.config': config, 'pgbouncer.version': { version, versionNum } }) {
    const evidence = [
      configEvidence(config, ['auth_user', 'ignore_startup_parameters', 'track_extra_parameters'], {
        en: 'no search_path with an auth_user before 1.25.1',
        zh: '1.25.1 之前不应与 auth_user 同时包含 search_path',
      }),
      {
        fact: 'pgbouncer.version' as const,
        at: 'version',
        actual: `PgBouncer ${version}`,
        expected: { en: '1.25.1 or newer', zh: '1.25.1 及以上' },
        shell: `{psql} -c 'SHOW VERSION'`,
      },
    ];
    const has = (name: string): boolean =>
      settingList(config, name).some((word) => word.toLowerCase() === 'search_path');
    const looksUp = (findSetting(config, 'auth_user') ?? '') !== '';
    if (has('track_extra_parameters') && looksUp && versionNum < 12501) {
      return fail(
        {
          en: `${version} tracks search_path and looks passwords up: CVE-2025-12819`,
          zh: `经核查，${version} 跟踪 search_path 且启用 auth_user，受 CVE-2025-12819 影响`,
        },
        ...evidence,
      );
    }
    if (has('ignore_startup_parameters')) {
      return warn(
        {
          en: 'search_path of clients is dropped without a word: they run in another schema than they asked for',
          zh: '经核查，客户端的 search_path 被静默忽略，实际使用的模式与请求不一致',
        },
        ...evidence,
      );
    }
    return pass(
      { en: 'no search_path is tracked or dropped', zh: '经核查，未跟踪或忽略 search_path，符合要求' },
      ...evidence,
    );
  },
});
