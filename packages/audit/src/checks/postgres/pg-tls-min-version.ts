import { defineCheck, fail, notApplicable } from '../../check.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings, judgeSettings, serverVersionNum } from '../setting-verdict.ts';

/** Oldest first, as ssl_min_protocol_version spells them. */
const protocols: readonly string[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

export const pgTlsMinVersion = defineCheck({
  id: 'pg-tls-min-version',
  catalogue: ['TLS-002'],
  title: { en: 'Old TLS versions are refused', zh: '禁用低版本 TLS 协议' },
  severity: 'high',
  rationale: {
    en: 'TLS 1.0 and 1.1 rest on broken primitives (MD5, SHA-1, CBC padding) and are withdrawn (RFC 8996).',
    zh: 'TLS 1.0 和 1.1 依赖已被攻破的算法（MD5、SHA-1、CBC 填充），已被 RFC 8996 废止。',
  },
  remediation: {
    en: 'Set ssl_min_protocol_version to TLSv1.2 or TLSv1.3 on every member and reload. Before version 12 there is no such setting: upgrade.',
    zh: '在每个成员上将 ssl_min_protocol_version 设为 TLSv1.2 或 TLSv1.3 并重新加载配置；12 之前的版本无此参数，应升级版本。',
  },
  fix: [`ALTER SYSTEM SET ssl_min_protocol_version = 'TLSv1.2'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings'],
  /** Oldest version that may be offered: TLSv1.2 or TLSv1.3. */
  params: { minimum: 'TLSv1.2' },
  evaluate({ 'pg.settings': settings }, { minimum }) {
    const unproven = findUnprovenSettings(settings, ['ssl']);
    if (unproven !== undefined) return unproven;
    if (settings['ssl']?.value !== 'on') {
      return notApplicable(
        {
          en: 'the server offers no TLS at all (pg-tls-enabled)',
          zh: '服务器未启用 TLS，本项不适用（见 pg-tls-enabled）',
        },
        settingEvidence(settings, 'ssl', { en: 'on', zh: 'on' }),
      );
    }
    if (serverVersionNum(settings) < 120000) {
      return fail(
        {
          en: 'this version cannot refuse TLS 1.0 and 1.1 by a setting of its own',
          zh: '经核查，该版本没有限制最低 TLS 版本的参数，无法禁用 TLS 1.0 和 1.1',
        },
        settingEvidence(settings, 'server_version_num', { en: '120000 or later', zh: '不低于 120000' }),
      );
    }
    const least = protocols.indexOf(minimum);
    return judgeSettings(settings, [
      {
        name: 'ssl_min_protocol_version',
        expected: { en: `${minimum} or later`, zh: `不低于 ${minimum}` },
        // Empty means no lower bound; an unknown word from a later version ranks below everything, never above.
        judge: (value) => (protocols.indexOf(value) >= least && protocols.includes(value) ? 'pass' : 'fail'),
      },
    ]);
  },
});
