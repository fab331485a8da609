import { pgStandby, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { targetUp } from '../../site/target-series.ts';
import { livePrimary, standbyLeaderNames } from '../roles.ts';

/**
 * Members are counted by their targets, for a node that is lost takes its exporter along. A standby that was taken away
 * with its targets counts no more: a cluster scaled in to one member is silent.
 */
export const postgresNoFailoverCandidate = defineAlertFor((site) => ({
  name: 'PostgresNoFailoverCandidate',
  severity: 'critical',
  for: '1m',
  expr: promql`${livePrimary} unless on (job, cls, ins) (${pgStandby.m.streaming_connections} unless on (appname) ${standbyLeaderNames}) > 0 and on (job, cls) count by (job, cls) (count by (job, cls, ins) (${targetUp(site, 'postgres')})) > 1`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: 'No standby streams from {{ $labels.ins }}: {{ $labels.cls }} has nothing to fail over to',
    zh: '没有备库从 {{ $labels.ins }} 接收流复制：{{ $labels.cls }} 无可切换对象',
  },
  description: {
    en: 'The cluster has more members, and none is attached to its primary. If {{ $labels.ins }} fails, service and recent data are lost with it.',
    zh: '集群还有其他成员，但没有一个连接到主库。若 {{ $labels.ins }} 故障，服务与最近数据将一并丢失。',
  },
  runbook: [
    '`patronictl list`: state and lag of the other members; start or `patronictl reinit` one.',
    'On {{ $labels.ins }}: `SELECT * FROM pg_stat_replication`; pg_hba.conf and max_wal_senders if they try and fail.',
  ],
}));
