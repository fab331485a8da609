import { pgStandby, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { sizeText } from '../../site/size-text.ts';
import { livePrimary, standbyClusters, standbyLeaderNames } from '../roles.ts';

/** The best standby, not the worst: a failover takes that one. */
export const postgresRpoAtRisk = defineAlertFor((site) => ({
  name: 'PostgresRpoAtRisk',
  severity: 'warning',
  for: '1m',
  expr: promql`min by (job, cls, ins) (${pgStandby.m.flush_lag_bytes} unless on (appname) ${standbyLeaderNames}) > ${site.rpoBytes} and on (job, cls, ins) ${livePrimary} unless on (cls) ${standbyClusters}`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: 'A failover of {{ $labels.cls }} now would lose {{ $value | humanize1024 }}B, more than its RPO',
    zh: '{{ $labels.cls }} 此刻切换将丢失 {{ $value | humanize1024 }}B，超出 RPO',
  },
  description: {
    en: `No standby of {{ $labels.ins }} has its WAL up to ${sizeText(site.rpoBytes)} (pg_rpo). Patroni promotes none of them by itself if it fails now.`,
    zh: `{{ $labels.ins }} 没有任何备库的落后量在 ${sizeText(site.rpoBytes)}（pg_rpo）以内。若此刻主库故障，Patroni 不会自动提升。`,
  },
  runbook: [
    '`patronictl list` and pg_stat_replication on {{ $labels.ins }}: which standby could catch up soonest, and what keeps it.',
    'A bulk load: let it pause, or accept the risk until it ends.',
    'If it is always so: synchronous_mode, a faster network, or an RPO that matches the load.',
  ],
}));
