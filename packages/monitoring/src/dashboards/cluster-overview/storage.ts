import { pgArchiver, pgDb, pgSize, pgWal, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';

const instance = { cls: '$cls', ins: /$ins/ } as const;

export const storageRow: readonly Panel[] = [
  timeseries({
    title: 'Database size',
    description: 'Bytes on disk by database; the largest member of the cluster counts.',
    queries: [{ expr: promql`max by (datname) (${select(pgSize.m.bytes, instance)})`, legend: '{{datname}}' }],
    empty: 'no data for these instances',
    width: 8,
  }),
  timeseries({
    title: 'WAL written',
    description: 'Bytes of WAL a second: what replication and the archive have to carry.',
    queries: [{ expr: promql`sum by (ins) (rate(${select(pgWal.m.bytes, instance)}[$__rate_interval]))`, legend: '{{ins}}' }],
    unit: 'bytes',
    empty: 'pg_stat_wal needs PostgreSQL 14',
    width: 8,
  }),
  timeseries({
    title: 'Archiver',
    description: 'Segments archived and failed attempts, per minute.',
    queries: [
      { expr: promql`60 * sum by (ins) (rate(${select(pgArchiver.m.finish_count, instance)}[$__rate_interval]))`, legend: '{{ins}} archived' },
      { expr: promql`60 * sum by (ins) (rate(${select(pgArchiver.m.failed_count, instance)}[$__rate_interval]))`, legend: '{{ins}} failed' },
    ],
    unit: 'count',
    empty: 'archive_mode is off or nothing is scraped',
    width: 8,
  }),
  timeseries({
    title: 'Transaction id age',
    description: 'Age of the oldest unfrozen transaction id by database; PostgreSQL stops accepting writes near 2.1 billion.',
    queries: [{ expr: promql`max by (datname) (${select(pgDb.m.age, instance)})`, legend: '{{datname}}' }],
    thresholds: [{ value: 1_200_000_000, colour: 'orange', why: 'Orange from 1.2 billion: autovacuum has not kept up for a long time.' }],
    unit: 'xid',
    empty: 'no data for these instances',
    width: 12,
  }),
  timeseries({
    title: 'Cache hit ratio',
    description: 'Share of block reads served from shared buffers.',
    queries: [
      {
        expr: promql`sum by (ins) (rate(${select(pgDb.m.blks_hit, instance)}[$__rate_interval])) / sum by (ins) (rate(${select(pgDb.m.blks_access, instance)}[$__rate_interval]))`,
        legend: '{{ins}}',
      },
    ],
    unit: 'percent',
    empty: 'no block was read in this window',
    width: 12,
  }),
];
