import { patroniMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';
import { targetUp } from '../../site/target-series.ts';
import { livePrimary } from '../roles.ts';

/** What Patroni cannot see: its REST API is dead, so its own metrics show one primary while a second one takes writes. */
export const patroniOrphanPrimary = defineAlertFor((site) => ({
  name: 'PatroniOrphanPrimary',
  severity: 'critical',
  for: durationText(site.rtoSeconds + 30),
  expr: promql`${livePrimary} unless on (cls, ins) (${patroniMetrics.patroniPrimary} == 1) and on (cls) ${targetUp(site, 'patroni')}`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: '{{ $labels.ins }} accepts writes and Patroni does not manage it',
    zh: '{{ $labels.ins }} 正在接受写入，但不受 Patroni 管理',
  },
  description: {
    en: 'PostgreSQL of {{ $labels.ins }} is a primary for which no Patroni answers. Another member may have been promoted: rows written here are lost then.',
    zh: '{{ $labels.ins }} 的 PostgreSQL 是主库，却没有 Patroni 为其应答。另一成员可能已被提升：此处写入的数据届时将丢失。',
  },
  runbook: [
    '`patronictl list`: if it names another leader, stop this one at once (`pg_ctl stop -m fast`), save its WAL, then start Patroni on it.',
    'If it is still the only primary: start Patroni (`systemctl start patroni`) before the lock runs out.',
  ],
}));
