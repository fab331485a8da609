import { pgDb, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** The counter is -1 while checksums are off: switching them on is no failure. */
export const postgresChecksumFailure = defineAlert({
  name: 'PostgresChecksumFailure',
  severity: 'critical',
  for: '0s',
  expr: promql`increase(${pgDb.m.cks_fails}[1h]) > 0 and ${pgDb.m.cks_fails} > 0`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'datname'],
  summary: {
    en: 'Corrupt pages read in database {{ $labels.datname }} of {{ $labels.ins }}',
    zh: '{{ $labels.ins }} 的数据库 {{ $labels.datname }} 读到损坏的数据页',
  },
  description: {
    en: 'Pages of {{ $labels.datname }} failed their checksum within the last hour: data on this disk is damaged.',
    zh: '过去一小时内 {{ $labels.datname }} 的数据页校验失败：该磁盘上的数据已损坏。',
  },
  runbook: [
    'Read the relation and block from the PostgreSQL log ("page verification failed" and the statement that read it).',
    'Check the same relation on a healthy replica with amcheck; if it is clean there, fail over to it.',
    'Do not restart, vacuum or zero pages before a copy of the data directory is safe; check disk, controller and memory.',
  ],
});
