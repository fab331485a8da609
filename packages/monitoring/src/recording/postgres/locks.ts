import { gauge, pgLock, promql, select, type Match } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { inOrder, rolledUp } from '../family.ts';
import { targetLabels } from '../level.ts';

/** Locks of an instance by mode. */
export const instanceLocks = defineRecording('pg:ins:locks', {
  ...gauge('count', 'Locks held or awaited, by mode'),
  labels: [...targetLabels, 'mode'],
  expr: promql`sum without (datname) (${pgLock.m.count})`,
});

/** Locks of a cluster by mode. */
export const clusterLocks = defineRecording('pg:cls:locks', {
  ...gauge('count', 'Locks held or awaited, by mode'),
  labels: ['job', 'cls', 'mode'],
  expr: promql`sum by (job, cls, mode) (${instanceLocks})`,
});

const counted = (metric: string, help: string, mode?: Match) =>
  rolledUp({
    namespace: 'pg',
    metric,
    ...gauge('count', help),
    low: 'db',
    expr: promql`sum without (mode) (${select(pgLock.m.count, { mode })})`,
    how: 'sum',
    up: ['ins', 'cls'],
  });

/** Locks by what they are taken for: anything, reading, changing rows, keeping others out. */
export const lockCounts = Object.freeze({
  all: counted('lock_count', 'Locks held or awaited'),
  read: counted('rlock_count', 'Locks of readers: AccessShareLock', 'AccessShareLock'),
  write: counted('wlock_count', 'Locks of writers: RowShareLock, RowExclusiveLock', /RowShareLock|RowExclusiveLock/),
  exclusive: counted(
    'xlock_count',
    'Locks that keep writers or everybody out: all stronger modes',
    /ShareUpdateExclusiveLock|ShareLock|ShareRowExclusiveLock|ExclusiveLock|AccessExclusiveLock/,
  ),
});

export const lockRecordings = [instanceLocks, clusterLocks, ...inOrder(...Object.values(lockCounts))];
