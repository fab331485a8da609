import { patroniMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

export const patroniStandbyClusterLeaderless = defineAlertFor((site) => ({
  name: 'PatroniStandbyClusterLeaderless',
  severity: 'critical',
  for: durationText(site.rtoSeconds),
  expr: promql`max by (job, cls) (max_over_time(${patroniMetrics.patroniStandbyLeader}[1h])) == 1 unless on (cls) (${patroniMetrics.patroniStandbyLeader} == 1 or ${patroniMetrics.patroniPrimary} == 1)`,
  labels: ['job', 'cls'],
  summary: { en: 'Standby cluster {{ $labels.cls }} has no leader', zh: '备用集群 {{ $labels.cls }} 没有领导者' },
  description: {
    en: 'No member of {{ $labels.cls }} receives WAL from the main cluster: the disaster-recovery copy falls behind.',
    zh: '{{ $labels.cls }} 没有成员从主集群接收 WAL：灾备副本正在落后。',
  },
  runbook: [
    '`patronictl list` of {{ $labels.cls }} and the Patroni log of its members.',
    'Check that they reach etcd and a member of the main cluster (host and port of standby_cluster in `patronictl show-config`).',
  ],
}));
