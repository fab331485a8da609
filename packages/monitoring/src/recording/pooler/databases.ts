import { gauge, pgbouncerDatabase, pgbouncerPool, promql, type MetricRef } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { levelLabels } from '../level.ts';

/** Host, port and name on the server are where a database leads, not what it is to clients. */
const ofClients = (ref: MetricRef) => promql`max without (host, port, real_datname) (${ref})`;

const database = (name: string, ref: MetricRef) =>
  defineRecording(`pgbouncer:db:${name}`, { ...ref, labels: levelLabels.db, expr: ofClients(ref) });

const { m } = pgbouncerDatabase;
const { m: pool } = pgbouncerPool;

/** SHOW DATABASES: limits are those of one pool, of which a database has one for each user. */
export const poolerDatabases = Object.freeze({
  poolSize: database('pool_size', m.pool_size),
  reserve: database('pool_reserve_size', m.reserve_pool),
  connections: database('pool_current_conn', m.current_connections),
  paused: database('pool_paused', m.paused),
  disabled: database('pool_disabled', m.disabled),
});

/** Server connections that a pool may have at most, with its reserve. */
export const poolLimit = defineRecording('pgbouncer:db:pool_max_conn', {
  ...gauge('count', 'Most server connections of a pool of this database, with its reserve'),
  labels: levelLabels.db,
  expr: promql`${poolerDatabases.poolSize} + ${poolerDatabases.reserve}`,
});

/** Server connections of each pool. */
export const poolServers = defineRecording('pgbouncer:pool:servers', {
  ...gauge('count', 'Server connections of the pool, whatever they do'),
  labels: levelLabels.pool,
  expr: promql`${pool.active_servers} + ${pool.idle_servers} + ${pool.used_servers} + ${pool.tested_servers} + ${pool.login_servers}`,
});

/** How full the fullest pool of a database is: clients of that pool wait, whatever room those of other users have. */
export const poolUsage = defineRecording('pgbouncer:db:conn_usage', {
  ...gauge('ratio', 'Server connections of the fullest pool as a share of the size of a pool'),
  labels: levelLabels.db,
  expr: promql`max without (user, pool_mode, load_balance_hosts) (${poolServers}) / (${poolerDatabases.poolSize} > 0)`,
});

/** The same with the reserve, which is used once clients have waited for reserve_pool_timeout. */
export const poolReserveUsage = defineRecording('pgbouncer:db:conn_usage_reserve', {
  ...gauge('ratio', 'Server connections of the fullest pool as a share of the size of a pool with its reserve'),
  labels: levelLabels.db,
  expr: promql`max without (user, pool_mode, load_balance_hosts) (${poolServers}) / (${poolLimit} > 0)`,
});

export const poolerDatabaseRecordings = [
  ...Object.values(poolerDatabases),
  poolLimit,
  poolServers,
  poolUsage,
  poolReserveUsage,
];
