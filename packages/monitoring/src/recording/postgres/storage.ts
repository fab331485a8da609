import { gauge, not, pgDb, pgSize, promql, select } from '@pgattest/catalog';
import { familyOf, inOrder, rolledUp } from '../family.ts';

/** Size of databases. */
export const databaseSize = rolledUp({
  namespace: 'pg',
  metric: 'db_size',
  ...gauge('bytes', 'Size of databases on disk'),
  low: 'db',
  expr: promql`${select(pgSize.m.bytes, { datname: not(/wal|log/) })} + 0`,
  how: 'sum',
  up: ['ins', 'cls'],
});

const directory = (name: 'wal' | 'log', help: string) =>
  rolledUp({
    namespace: 'pg',
    metric: `${name}_size`,
    ...gauge('bytes', help),
    low: 'ins',
    expr: promql`sum without (datname) (${select(pgSize.m.bytes, { datname: name })})`,
    how: 'sum',
    up: ['cls'],
  });

/** Size of pg_wal. */
export const walSize = directory('wal', 'Size of the WAL directory');
/** Size of the log directory. */
export const logSize = directory('log', 'Size of the log directory');

/** Databases, WAL and logs together. */
export const fileSize = rolledUp({
  namespace: 'pg',
  metric: 'file_size',
  ...gauge('bytes', 'Size of databases, WAL and logs'),
  low: 'ins',
  expr: promql`sum without (datname) (${pgSize.m.bytes})`,
  how: 'sum',
  up: ['cls'],
});

/** Temporary data written per second. */
export const temporaryBytesRate = rolledUp({
  namespace: 'pg',
  metric: 'temp_bytes_rate1m',
  ...gauge('bytes', 'Temporary data written per second'),
  low: 'db',
  expr: promql`rate(${pgDb.m.temp_bytes}[1m])`,
  how: 'sum',
  up: ['ins', 'cls'],
});

/** Temporary data written so far. */
export const temporaryBytes = familyOf({
  namespace: 'pg',
  metric: 'temp_bytes',
  ...gauge('bytes', 'Temporary data written since the statistics were last reset'),
  levels: ['ins', 'cls'],
  expr: (level) =>
    level === 'ins'
      ? promql`sum without (datname) (${pgDb.m.temp_bytes})`
      : promql`sum by (job, cls) (${pgDb.m.temp_bytes})`,
});

/** Temporary files written. */
export const temporaryFiles = rolledUp({
  namespace: 'pg',
  metric: 'temp_files_1m',
  ...gauge('count', 'Temporary files written within a minute'),
  low: 'db',
  expr: promql`increase(${pgDb.m.temp_files}[1m])`,
  how: 'sum',
  up: ['ins', 'cls'],
});

export const storageRecordings = inOrder(
  databaseSize,
  walSize,
  logSize,
  fileSize,
  temporaryBytesRate,
  temporaryBytes,
  temporaryFiles,
);
