import { promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { targetUp } from '../../site/target-series.ts';

export const postgresExporterDown = defineAlertFor((site) => ({
  name: 'PostgresExporterDown',
  severity: 'warning',
  for: '1m',
  expr: promql`${targetUp(site, 'postgres')} == 0`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: 'The exporter {{ $labels.instance }} of {{ $labels.ins }} cannot be scraped',
    zh: '无法采集 {{ $labels.ins }} 的采集器 {{ $labels.instance }}',
  },
  description: {
    en: 'Nothing is known about {{ $labels.ins }} while its exporter cannot be scraped: other alerts for it stay silent.',
    zh: '采集器不可达期间无法获知 {{ $labels.ins }} 的任何状态，其他告警也会保持沉默。',
  },
  runbook: [
    'See whether the node answers at all (ping, ssh). If not, treat the instance as lost and look at PostgresNoPrimary.',
    'On the node: `systemctl status pg_exporter` and `curl -s http://127.0.0.1:9630/health`.',
    'A scrape that times out instead of failing points at an overloaded node: compare `pg_exporter_scrape_duration` before the gap.',
  ],
}));
