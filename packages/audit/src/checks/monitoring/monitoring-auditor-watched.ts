import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { compareAlerts, firingEvidence, loadedEvidence, parseRequired } from '../monitoring-evidence.ts';

export const monitoringAuditorWatched = defineCheck({
  id: 'monitoring-auditor-watched',
  scope: 'monitoring',
  catalogue: ['MON-011'],
  title: { en: 'Somebody notices when the auditor stops', zh: '审计器自身停止运行会被发现' },
  severity: 'medium',
  rationale: {
    en: 'An auditor that no longer runs finds nothing wrong: without an alert its silence looks like health.',
    zh: '停止运行的审计器不会发现任何问题，没有告警时其静默看起来如同一切正常。',
  },
  remediation: {
    en: 'Scrape the auditor, and load the alerts on stale evidence and failing runs.',
    zh: '采集审计器指标，并加载证据过期与运行失败的告警。',
  },
  fix: ['pgattest-monitoring generate', '- targets: [{auditor}:9855]\n  labels: {job: pgattest-audit}'],
  needs: ['monitoring.rules', 'monitoring.alerts', 'monitoring.targets'],
  params: { port: 9855, required: ['stale evidence=AuditEvidenceStale', 'failing run=AuditRunFailing|AuditorDown'] },
  evaluate(
    { 'monitoring.rules': loaded, 'monitoring.alerts': alerts, 'monitoring.targets': targets },
    { port, required },
  ) {
    const wanted = required.map(parseRequired);
    const names = wanted.flatMap((item) => item.names);
    const { missing, broken } = compareAlerts(loaded, wanted);
    const scraped = targets.filter(({ address }) => address.endsWith(`:${port}`));
    const firing = alerts.active
      .filter(({ name, state }) => state === 'firing' && names.includes(name))
      .map(({ name }) => name);
    return verdictOf({
      complaints: [
        ...(scraped.length === 0
          ? [complaint('fail', `no auditor is scraped at port ${port}`, `未采集端口 ${port} 的审计器指标`)]
          : []),
        ...scraped
          .filter(({ health }) => health !== 'up')
          .map(({ address }) =>
            complaint('fail', `the auditor at ${address} does not answer`, `审计器 ${address} 无应答`),
          ),
        ...missing.map(({ purpose, names: [name = ''] }) =>
          complaint('fail', `no alert for ${purpose}`, `缺少告警 ${name}`),
        ),
        ...broken.map((name) => complaint('fail', `${name} fails at every evaluation`, `${name} 评估出错`)),
        ...firing.map((name) => complaint('fail', `${name} fires`, `${name} 正在告警`)),
      ],
      good: {
        en: 'the auditor is scraped, and its silence would raise an alert',
        zh: '审计器已被采集，停止运行会触发告警',
      },
      evidence: [
        loadedEvidence(loaded, names, { en: 'one of each, ok', zh: '每类一条且为 ok' }),
        firingEvidence(alerts, { en: 'none of them', zh: '不包含上述告警' }),
        {
          fact: 'monitoring.targets',
          at: `targets at port ${port}`,
          actual: scraped
            .map(({ labels, health }) => `${labels['instance'] ?? ''} ${health}`)
            .toSorted((a, b) => (a < b ? -1 : 1))
            .join('\n'),
          expected: { en: 'up', zh: 'up' },
          shell: `{curlprometheus} {prometheus}'/api/v1/targets?state=active' | jq -r '.data.activeTargets[] | select(.scrapeUrl | test(":${port}/")) | "\\(.labels.instance) \\(.health)"' | LC_ALL=C sort`,
        },
      ],
    });
  },
});
