import { defineCheck, undecided } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const monitoringRetention = defineCheck({
  id: 'monitoring-retention',
  scope: 'monitoring',
  catalogue: ['MON-006'],
  title: { en: 'Metrics are kept as long as the audit asks about', zh: '监控数据保留期覆盖审计周期' },
  severity: 'medium',
  rationale: {
    en: 'An incident is often found months later; metrics of a fortnight then say nothing, and only filed evidence is left.',
    zh: '事件往往在数月后才被发现，仅保留两周的指标无法回溯，只能依赖归档证据。',
  },
  remediation: {
    en: 'Raise the retention of the metrics store, or keep daily signed evidence of the auditor for the whole period.',
    zh: '延长指标保留期，或在整个周期内保存审计器的每日签名证据。',
  },
  fix: ['-retentionPeriod=1y', '--storage.tsdb.retention.time=365d'],
  needs: ['monitoring.retention'],
  params: { warnDays: 180, failDays: 30 },
  evaluate({ 'monitoring.retention': { product, configured, days } }, { warnDays, failDays }) {
    const evidence = {
      fact: 'monitoring.retention' as const,
      at: 'retention',
      actual: configured,
      expected: { en: `${warnDays} days`, zh: `${warnDays} 天` },
      shell:
        product === 'prometheus'
          ? `{curlprometheus} {prometheus}/api/v1/status/runtimeinfo | jq -r .data.storageRetention`
          : `{curlprometheus} {prometheus}/flags | sed -nE 's/^-retentionPeriod="?([^"]*)"?$/\\1/p' | grep . || echo 1`,
    };
    if (days === null) {
      return undecided(
        {
          en: `retention ${configured} is a size: how far it reaches depends on the load`,
          zh: `保留策略 ${configured} 仅限制容量，无法判断可回溯时长，无法判定`,
        },
        evidence,
      );
    }
    return verdictOf({
      complaints:
        days < failDays
          ? [complaint('fail', `metrics are kept ${days} days`, `指标仅保留 ${days} 天`)]
          : days < warnDays
            ? [
                complaint(
                  'warn',
                  `metrics are kept ${days} days, less than ${warnDays}`,
                  `指标保留 ${days} 天，少于 ${warnDays} 天`,
                ),
              ]
            : [],
      good: { en: `metrics are kept ${days} days`, zh: `指标保留 ${days} 天` },
      evidence: [evidence],
    });
  },
});
