import { patroniMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

export const patroniPendingRestart = defineAlertFor((site) => ({
  name: 'PatroniPendingRestart',
  severity: 'info',
  for: durationText(site.thresholds.pendingRestart),
  expr: promql`${patroniMetrics.patroniPendingRestart} == 1`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: '{{ $labels.ins }} has waited for a restart since a setting was changed',
    zh: '{{ $labels.ins }} 的参数变更正等待重启生效',
  },
  description: {
    en: 'A setting of {{ $labels.ins }} was changed and takes effect with a restart only. What runs is not what is configured.',
    zh: '{{ $labels.ins }} 的某项参数已变更但需重启才能生效，运行值与配置值不一致。',
  },
  runbook: [
    'See which: `SELECT name, setting FROM pg_settings WHERE pending_restart` on {{ $labels.ins }}.',
    'Restart replicas first, one at a time: `patronictl restart {{ $labels.cls }} {{ $labels.ins }}`; then switch over and restart the former primary.',
  ],
}));
