import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { compareAlerts, loadedEvidence, parseRequired } from '../monitoring-evidence.ts';

export const monitoringAuditInterruption = defineCheck({
  id: 'monitoring-audit-interruption',
  scope: 'monitoring',
  catalogue: ['LOG-017'],
  title: { en: 'An interrupted audit raises an alert', zh: '审计中断会触发告警' },
  severity: 'high',
  rationale: {
    en: 'Whoever wants no trace switches the audit off first; that must not stay unseen until the next review.',
    zh: '攻击者通常先关闭审计，若无告警则要到下次检查才会发现。',
  },
  remediation: {
    en: 'Load alerts on audit evidence that stops coming, on an auditor that is down, and on checks of the audit settings that fail.',
    zh: '加载审计证据中断、审计器停止、审计设置检查不通过的告警规则。',
  },
  fix: ['pgattest-monitoring generate', 'vmalert -rule=/etc/rules/*.yml'],
  needs: ['monitoring.rules'],
  params: {
    required: [
      'evidence that stops=AuditEvidenceStale|PostgresLogSilent',
      'an auditor that is down=AuditorDown|AuditRunFailing',
      'audit settings that were weakened=AuditCheckRegressed|AuditCheckFailing',
    ],
  },
  evaluate({ 'monitoring.rules': loaded }, { required }) {
    const wanted = required.map(parseRequired);
    const { missing, broken } = compareAlerts(loaded, wanted);
    return verdictOf({
      complaints: [
        ...missing.map(({ purpose, names: [name = ''] }) =>
          complaint('fail', `no alert tells of ${purpose} (${name})`, `缺少告警 ${name}`),
        ),
        ...broken.map((name) => complaint('fail', `${name} fails at every evaluation`, `${name} 评估出错`)),
      ],
      good: { en: 'an interrupted audit raises an alert', zh: '审计中断会触发告警' },
      evidence: [
        loadedEvidence(
          loaded,
          wanted.flatMap(({ names }) => names),
          { en: 'one of each purpose, ok', zh: '每类至少一条且为 ok' },
        ),
      ],
    });
  },
});
