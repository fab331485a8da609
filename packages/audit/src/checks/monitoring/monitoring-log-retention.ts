import { defineCheck, undecided } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const monitoringLogRetention = defineCheck({
  id: 'monitoring-log-retention',
  scope: 'monitoring',
  catalogue: ['LOG-015'],
  title: { en: 'The central store keeps logs for half a year', zh: '集中日志留存不少于六个月' },
  severity: 'critical',
  rationale: {
    en: 'The Cybersecurity Law asks for six months of logs, and national guidance calls less a high risk that nothing mitigates.',
    zh: '《网络安全法》要求日志留存不少于六个月，高风险判定指引将不足六个月列为高风险且无缓解措施。',
  },
  remediation: {
    en: 'Raise the retention of the log store to 180 days or more, and give it the disk for that.',
    zh: '将日志平台保留期调整为 180 天以上，并配置相应磁盘容量。',
  },
  fix: ['-retentionPeriod=180d'],
  needs: ['monitoring.log-store'],
  params: { minimumDays: 180 },
  evaluate({ 'monitoring.log-store': { configured, days, maxSize } }, { minimumDays }) {
    const evidence = [
      {
        fact: 'monitoring.log-store' as const,
        at: 'retention',
        actual: configured,
        expected: { en: `${minimumDays} days`, zh: `${minimumDays} 天` },
        shell: `{curllogs} {logs}/flags | sed -nE 's/^-retentionPeriod="?([^"]*)"?$/\\1/p' | grep . || echo 7d`,
      },
      {
        fact: 'monitoring.log-store' as const,
        at: 'bound by size',
        actual: maxSize ?? '',
        expected: { en: 'none', zh: '无' },
        shell: `{curllogs} {logs}/flags | sed -nE 's/^-retention\\.max(DiskSpaceUsageBytes|DiskUsagePercent)="?([^"]*)"?$/\\2/p' | head -n 1`,
      },
    ];
    if (days === null) {
      return undecided(
        { en: `retention ${configured} is no time`, zh: `保留策略 ${configured} 不是时长，无法判定` },
        ...evidence,
      );
    }
    return verdictOf({
      complaints: [
        ...(days < minimumDays
          ? [
              complaint(
                'fail',
                `logs are kept ${days} days, ${minimumDays} are asked for`,
                `日志仅保留 ${days} 天，不足 ${minimumDays} 天`,
              ),
            ]
          : []),
        ...(maxSize === null
          ? []
          : [
              complaint(
                'warn',
                `a bound by size (${maxSize}) may end that earlier`,
                `容量上限（${maxSize}）可能使日志提前清除`,
              ),
            ]),
      ],
      good: { en: `logs are kept ${days} days`, zh: `日志保留 ${days} 天` },
      evidence,
    });
  },
});
