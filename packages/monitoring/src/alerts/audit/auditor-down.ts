import { promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { targetUp } from '../../site/target-series.ts';

/** Its series vanish with it, and the alerts on them with these. */
export const auditorDown = defineAlertFor((site) => ({
  name: 'AuditorDown',
  severity: 'warning',
  for: '5m',
  expr: promql`label_replace(${targetUp(site, 'auditor')} == 0, "cls", "(all)", "", "")`,
  labels: ['job', 'cls', 'ip', 'instance'],
  summary: { en: 'The auditor {{ $labels.instance }} does not answer', zh: '审计程序 {{ $labels.instance }} 无应答' },
  description: {
    en: 'No evidence is collected, and no alert on compliance can fire.',
    zh: '没有证据被收集，所有合规告警也无法触发。',
  },
  runbook: [
    'On its host: `systemctl status pgattest-audit` and its log.',
    '`pgattest audit doctor` says whether its configuration is good.',
  ],
}));
