import { pgCore, pgUp, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** Not for an instance that was made just now: ten minutes ago it was there. */
export const postgresRestarted = defineAlert({
  name: 'PostgresRestarted',
  severity: 'info',
  for: '0s',
  expr: promql`${pgCore.m.uptime} < 300 and ${pgCore.m.uptime} offset 10m > 0 and on (job, cls, ins) (${pgUp} == 1)`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: 'PostgreSQL of {{ $labels.ins }} was restarted {{ $value | humanizeDuration }} ago',
    zh: '{{ $labels.ins }} 的 PostgreSQL 于 {{ $value | humanizeDuration }} 前重启',
  },
  description: {
    en: 'Sessions were cut and caches are cold. If nobody restarted it, it crashed.',
    zh: '会话被切断，缓存已冷。如非人为重启，则为崩溃。',
  },
  runbook: [
    'Read the log of {{ $labels.ins }}: "terminated by signal" and "all server processes terminated" are a crash; "received fast shutdown request" is an order.',
    '`patronictl history` and the journal say whether Patroni or the kernel (out of memory) did it.',
  ],
});
