import { patroniMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

export const patroniPaused = defineAlertFor((site) => ({
  name: 'PatroniPaused',
  severity: 'warning',
  for: durationText(site.thresholds.patroniPause),
  expr: promql`max by (job, cls) (${patroniMetrics.patroniIsPaused}) == 1`,
  labels: ['job', 'cls'],
  summary: {
    en: 'Automatic failover of {{ $labels.cls }} is switched off',
    zh: '集群 {{ $labels.cls }} 的自动故障切换已关闭',
  },
  description: {
    en: `Patroni of {{ $labels.cls }} has been in maintenance mode for ${durationText(site.thresholds.patroniPause)}: when the primary fails nobody is promoted.`,
    zh: `{{ $labels.cls }} 的 Patroni 处于维护模式已达 ${durationText(site.thresholds.patroniPause)}：主库故障时不会自动提升从库。`,
  },
  runbook: [
    'Ask who paused it and whether the work is done: `patronictl list` says "Maintenance mode: on".',
    'When it is done: `patronictl resume`.',
  ],
}));
