import { patroniMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const patroniTimelineDiverged = defineAlert({
  name: 'PatroniTimelineDiverged',
  severity: 'warning',
  for: '2m',
  expr: promql`(max by (job, cls, ins) (${patroniMetrics.patroniPostgresTimeline}) > 0 and on (cls, ins) ${patroniMetrics.patroniReplica} == 1) != on (cls) group_left () max by (cls) (${patroniMetrics.patroniPostgresTimeline} and on (cls, ins) (${patroniMetrics.patroniPrimary} == 1 or ${patroniMetrics.patroniStandbyLeader} == 1))`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: '{{ $labels.ins }} is on timeline {{ $value }}, not on that of its leader',
    zh: '{{ $labels.ins }} 位于时间线 {{ $value }}，与领导者不一致',
  },
  description: {
    en: '{{ $labels.ins }} does not follow the history of the present leader: it cannot catch up, and rows it has alone will be thrown away.',
    zh: '{{ $labels.ins }} 没有跟随当前领导者的历史：无法追上进度，且其独有的数据将被丢弃。',
  },
  runbook: [
    '`patronictl list` shows the timelines; the log of {{ $labels.ins }} shows "requested timeline … is not in this server\'s history".',
    'Save its data directory if rows may exist only there, then `patronictl reinit {{ $labels.cls }} {{ $labels.ins }}`.',
  ],
});
