import { pgUp, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';
import { livePrimary, standbyClusters } from '../roles.ts';

/** Counts only instances that answer, so it also fires when the node of the primary took its exporter with it. */
export const postgresNoPrimary = defineAlertFor((site) => ({
  name: 'PostgresNoPrimary',
  severity: 'critical',
  for: durationText(site.rtoSeconds),
  expr: promql`count by (job, cls) (${pgUp}) unless on (job, cls) ${livePrimary} unless on (cls) ${standbyClusters}`,
  labels: ['job', 'cls'],
  summary: { en: '{{ $labels.cls }} has no primary: writes fail', zh: '集群 {{ $labels.cls }} 没有主库：无法写入' },
  description: {
    en: 'None of the {{ $value }} scraped instances of the cluster answers as a primary. Writes fail until one is promoted.',
    zh: '被采集的 {{ $value }} 个实例中没有任何一个以主库身份应答。在完成提升之前所有写入都会失败。',
  },
  runbook: [
    'See who holds the leader lock: `patronictl list` on any node; without Patroni, `SELECT pg_is_in_recovery()` on each member.',
    'If the list shows a leader, its exporter or network is the problem: look at PostgresDown and PostgresExporterDown of the same cluster.',
    'If there is no leader, read the Patroni log of the healthiest replica and check that etcd has a quorum (`etcdctl endpoint health --cluster`).',
    'Promote by hand (`patronictl failover`) only when the old primary is known to be stopped.',
  ],
}));
