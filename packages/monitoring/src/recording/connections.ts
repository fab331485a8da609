import { gauge, pgDb, pgSetting, promql } from '@pgattest/catalog';
import { defineRecording } from '../model.ts';
import { inOrder, rolledUp } from './family.ts';
import { levelLabels } from './level.ts';

/** Sessions connected to databases. */
export const backends = rolledUp({
  namespace: 'pg',
  metric: 'num_backends',
  ...gauge('count', 'Sessions connected to a database'),
  low: 'db',
  expr: promql`${pgDb.m.numbackends} + 0`,
  how: 'sum',
  up: ['ins', 'cls'],
});

/** Connections an instance accepts. */
export const instanceConnectionLimit = defineRecording('pg:ins:conn_limit', {
  ...gauge('count', 'Connections the server accepts'),
  labels: levelLabels.ins,
  expr: promql`${pgSetting.m.max_connections} + 0`,
});

/** Connections a database accepts: its own limit, or that of the server where it has none. */
export const databaseConnectionLimit = defineRecording('pg:db:conn_limit', {
  ...gauge('count', 'Connections the database accepts, those of the server where it has no limit'),
  labels: levelLabels.db,
  expr: promql`(${pgDb.m.conn_limit} >= 0) or (0 * ${pgDb.m.conn_limit} + ignoring (datname) group_left () ${instanceConnectionLimit})`,
});

/** Share of max_connections that is taken. */
export const connectionUsage = defineRecording('pg:ins:conn_usage', {
  ...gauge('ratio', 'Sessions as a share of max_connections'),
  labels: levelLabels.ins,
  expr: promql`${backends.ins} / ${instanceConnectionLimit}`,
});

/** Share of the connections a database accepts that is taken; absent where it accepts none. */
export const databaseConnectionUsage = defineRecording('pg:db:conn_usage', {
  ...gauge('ratio', 'Sessions as a share of the connections the database accepts'),
  labels: levelLabels.db,
  expr: promql`${backends.db} / (${databaseConnectionLimit} > 0)`,
});

export const connectionRecordings = [
  ...inOrder(backends),
  instanceConnectionLimit,
  databaseConnectionLimit,
  connectionUsage,
  databaseConnectionUsage,
];
