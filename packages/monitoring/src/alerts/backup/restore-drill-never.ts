import { backrestDrillMetrics, backrestStanzaMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

export const restoreDrillNever = defineAlertFor((site) => ({
  name: 'RestoreDrillNever',
  severity: 'info',
  for: durationText(site.thresholds.drillAge),
  expr: promql`count by (job, cls, stanza) (${backrestStanzaMetrics.backrestStanzaStatus}) unless on (job, cls, stanza) ${backrestDrillMetrics.backrestDrillPassedTimestampSeconds}`,
  labels: ['job', 'cls', 'stanza'],
  summary: { en: 'No restore drill of {{ $labels.stanza }} is known', zh: '{{ $labels.stanza }} 没有任何恢复演练记录' },
  description: {
    en: `In ${durationText(site.thresholds.drillAge)} the exporter has seen no certificate of a drill that passed.`,
    zh: `采集器在 ${durationText(site.thresholds.drillAge)} 内未见任何通过的演练凭证。`,
  },
  runbook: ['`pgattest drill restore`; give the exporter the folder of the certificates.'],
}));
