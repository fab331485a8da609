import { pgStandby, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';
import { livePrimary, standbyClusters, standbyLeaderNames } from '../roles.ts';

/** A standby that is promoted replays what it has received first. */
export const postgresRtoAtRisk = defineAlertFor((site) => ({
  name: 'PostgresRtoAtRisk',
  severity: 'warning',
  for: '1m',
  expr: promql`min by (job, cls, ins) (${pgStandby.m.replay_lag_seconds} unless on (appname) ${standbyLeaderNames}) > ${site.rtoSeconds} and on (job, cls, ins) ${livePrimary} unless on (cls) ${standbyClusters}`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: 'A failover of {{ $labels.cls }} now would take {{ $value | humanizeDuration }} of replay, more than its RTO',
    zh: '{{ $labels.cls }} 此刻切换需先回放 {{ $value | humanizeDuration }}，超出 RTO',
  },
  description: {
    en: `Every standby of {{ $labels.ins }} is further behind in replay than ${durationText(site.rtoSeconds)} (pg_rto): whoever is promoted replays it before it takes a write.`,
    zh: `{{ $labels.ins }} 的所有备库回放落后均超过 ${durationText(site.rtoSeconds)}（pg_rto）：被提升者需先回放完毕才能写入。`,
  },
  runbook: [
    'Free one standby of the queries that hold its replay back, or cancel them.',
    'Check that recovery is not throttled there: disk, one core at its limit, recovery_prefetch.',
  ],
}));
