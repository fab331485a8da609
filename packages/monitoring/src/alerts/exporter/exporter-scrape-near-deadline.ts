import { pgExporterScrapeBudgetSeconds, pgExporterScrapeDuration, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';

export const exporterScrapeNearDeadline = defineAlertFor((site) => ({
  name: 'ExporterScrapeNearDeadline',
  severity: 'warning',
  for: '5m',
  expr: promql`${pgExporterScrapeDuration} / ${pgExporterScrapeBudgetSeconds} > ${site.thresholds.scrape}`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: 'A scrape of {{ $labels.ins }} takes {{ $value | humanizePercentage }} of its time',
    zh: '采集 {{ $labels.ins }} 已耗去时限的 {{ $value | humanizePercentage }}',
  },
  description: {
    en: 'A little slower and collectors are left out, or the whole scrape is lost.',
    zh: '再慢一些，部分采集项会被跳过，甚至整次采集丢失。',
  },
  runbook: [
    'Which collector: `topk(5, pg_exporter_query_scrape_duration)` of {{ $labels.ins }}.',
    'Many tables: give the slow ones a longer cache, or raise scrape_timeout.',
  ],
}));
