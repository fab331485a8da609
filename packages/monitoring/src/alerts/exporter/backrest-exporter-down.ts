import { promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { targetUp } from '../../site/target-series.ts';

export const backrestExporterDown = defineAlertFor((site) => ({
  name: 'BackrestExporterDown',
  severity: 'warning',
  for: '5m',
  expr: promql`${targetUp(site, 'pgbackrest')} == 0`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: 'The pgBackRest exporter {{ $labels.instance }} of {{ $labels.ins }} cannot be scraped',
    zh: '无法采集 {{ $labels.ins }} 的 pgBackRest 采集器 {{ $labels.instance }}',
  },
  description: {
    en: 'Backups are still seen from the other members; archiving and the last runs of {{ $labels.ins }} are not.',
    zh: '仍可从其他成员看到备份，但无法获知 {{ $labels.ins }} 的归档与最近运行情况。',
  },
  runbook: [
    'On the node: `systemctl status pgbackrest_exporter` (or pgattest-agent) and `curl -s http://127.0.0.1:9854/-/healthy`.',
  ],
}));
