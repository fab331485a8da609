import { gauge, pgbouncerPool, promql } from '@pgattest/catalog';
import { inOrder, rolledUp } from '../family.ts';

const up = ['db', 'ins', 'cls', 'env'] as const;

const connections = (
  key:
    | 'active_servers'
    | 'idle_servers'
    | 'used_servers'
    | 'tested_servers'
    | 'login_servers'
    | 'active_clients'
    | 'waiting_clients',
) =>
  rolledUp({
    namespace: 'pgbouncer',
    metric: key,
    ...pgbouncerPool.m[key],
    low: 'pool',
    expr: promql`${pgbouncerPool.m[key]} + 0`,
    how: 'sum',
    up,
  });

/** Connections by what they do; those of a database are the sum over its users. */
export const poolConnections = Object.freeze({
  activeServers: connections('active_servers'),
  idleServers: connections('idle_servers'),
  usedServers: connections('used_servers'),
  testedServers: connections('tested_servers'),
  loginServers: connections('login_servers'),
  activeClients: connections('active_clients'),
  waitingClients: connections('waiting_clients'),
});

/** How long the client has waited that waits longest. */
export const poolWait = rolledUp({
  namespace: 'pgbouncer',
  metric: 'maxwait',
  ...gauge('seconds', 'Time that the longest waiting client has waited'),
  low: 'pool',
  expr: promql`${pgbouncerPool.m.maxwait} + ${pgbouncerPool.m.maxwait_us} / 1000000`,
  how: 'max',
  up,
});

export const poolRecordings = inOrder(poolWait, ...Object.values(poolConnections));
