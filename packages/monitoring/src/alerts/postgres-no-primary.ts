import { promql } from '@pgattest/catalog';
import { defineAlert } from '../model.ts';
import { clusterPrimaries, clusterSize } from '../recording/members.ts';

/** Counts only instances that answer, so it also fires when the primary's node took its exporter with it. */
export const postgresNoPrimary = defineAlert({
  name: 'PostgresNoPrimary',
  severity: 'critical',
  for: '30s',
  expr: promql`${clusterSize} unless on (job, cls) (${clusterPrimaries} > 0)`,
  labels: ['job', 'cls'],
  summary: {
    en: '{{ $labels.cls }} has no primary: writes fail',
    zh: '集群 {{ $labels.cls }} 没有主库：无法写入',
  },
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
});
