import { defineCheck, fail, pass, warn } from '../../check.ts';
import { postgresSupport } from '../postgres-support.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { serverVersionNum } from '../setting-verdict.ts';

const dayMs = 86_400_000;

export const pgVersionSupported = defineCheck({
  id: 'pg-version-supported',
  catalogue: ['VULN-001'],
  title: { en: 'The PostgreSQL version still gets security fixes', zh: 'PostgreSQL 主版本在维护期内' },
  severity: 'high',
  rationale: {
    en: 'After its last release a major version gets no fix for vulnerabilities found later.',
    zh: '主版本停止维护后，新发现的漏洞不再有官方补丁。',
  },
  remediation: {
    en: 'Plan an upgrade to a supported major version (pg_upgrade or logical replication) and rehearse it.',
    zh: '规划升级到受支持的主版本（pg_upgrade 或逻辑复制）并先行演练。',
  },
  fix: ['pg_upgrade --check -b {old bin} -B {new bin} -d {old data} -D {new data}'],
  needs: ['pg.settings'],
  /** Warn this long before the end; distrust a support table older than that. */
  params: { warnDays: 180, staleAfterDays: 90 },
  evaluate({ 'pg.settings': settings }, { warnDays, staleAfterDays }, { at }) {
    const major = Math.floor(serverVersionNum(settings) / 10000);
    const { asOf, finalRelease } = postgresSupport;
    const end = finalRelease[major];
    const table = { en: `support table of ${asOf}`, zh: `支持周期表日期 ${asOf}` };
    const evidence = settingEvidence(settings, 'server_version_num', {
      en: `supported for ${warnDays} more days (${table.en})`,
      zh: `至少还有 ${warnDays} 天维护期（${table.zh}）`,
    });
    const now = Date.parse(at);
    const known = Object.keys(finalRelease).map(Number);
    if (end === undefined) {
      return major < Math.min(...known)
        ? fail(
            { en: `PostgreSQL ${major} is long out of support`, zh: `经核查，PostgreSQL ${major} 早已停止维护` },
            evidence,
          )
        : warn(
            {
              en: `PostgreSQL ${major} is not in the ${table.en}; the rules of ${Math.max(...known)} were applied`,
              zh: `经核查，PostgreSQL ${major} 不在支持周期表中（${table.zh}），按 ${Math.max(...known)} 版本规则检查`,
            },
            evidence,
          );
    }
    // The day of the final release still belongs to the supported time.
    const leftMs = Date.parse(end) + dayMs - now;
    if (leftMs <= 0) {
      return fail(
        {
          en: `PostgreSQL ${major} got its last fixes on ${end}`,
          zh: `经核查，PostgreSQL ${major} 已于 ${end} 停止维护`,
        },
        evidence,
      );
    }
    if (leftMs < warnDays * dayMs) {
      return warn(
        {
          en: `PostgreSQL ${major} gets its last fixes on ${end}`,
          zh: `经核查，PostgreSQL ${major} 将于 ${end} 停止维护`,
        },
        evidence,
      );
    }
    if (now - Date.parse(asOf) > staleAfterDays * dayMs) {
      return warn(
        {
          en: `PostgreSQL ${major} is supported until ${end}, but the ${table.en} is older than ${staleAfterDays} days`,
          zh: `经核查，PostgreSQL ${major} 维护期至 ${end}，但${table.zh}已超过 ${staleAfterDays} 天，应更新后复核`,
        },
        evidence,
      );
    }
    return pass(
      {
        en: `PostgreSQL ${major} is supported until ${end} (${table.en})`,
        zh: `经核查，PostgreSQL ${major} 维护期至 ${end}（${table.zh}），符合要求`,
      },
      evidence,
    );
  },
});
