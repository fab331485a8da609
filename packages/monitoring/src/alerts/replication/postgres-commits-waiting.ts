import { pgSyncQuorum, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';
import { stillFiring } from '../still-firing.ts';

const { waiting_sessions: waiting, present_standbys: present, required_standbys: required } = pgSyncQuorum.m;

/** Sessions wait for a moment on every synchronous server; it is the missing standby that makes them wait for ever. */
export const postgresCommitsWaiting = defineAlert({
  name: 'PostgresCommitsWaiting',
  severity: 'critical',
  for: '15s',
  expr: promql`(${waiting} > 0 and ${present} < ${required}) or (max_over_time(${waiting}[30s]) > 0 and min_over_time(${present}[30s]) < ${required} and on (job, cls, ins) ${stillFiring('PostgresCommitsWaiting')})`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: '{{ $value }} sessions on {{ $labels.ins }} wait for a synchronous standby that is not there',
    zh: '{{ $labels.ins }} 上有 {{ $value }} 个会话在等待不存在的同步备库',
  },
  description: {
    en: 'Their COMMIT does not return: for the applications writes have stopped.',
    zh: '它们的 COMMIT 不会返回：对应用而言写入已停止。',
  },
  runbook: [
    'Bring a synchronous standby back: `patronictl list`.',
    'If writes must go on at once: `patronictl edit-config {{ $labels.cls }} --set synchronous_mode_strict=false`; Patroni then gives up waiting.',
  ],
});
