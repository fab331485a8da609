import { gauge, pgDb, promql } from '@pgattest/catalog';
import { familyOf, inOrder, rolledUp } from '../family.ts';
import { overWindows, windowMinutes, windowsInOrder } from '../window.ts';

const up = ['ins', 'cls', 'env'] as const;
const levels = ['db', 'ins', 'cls', 'env'] as const;

/** Transactions committed per second. */
export const commitRate = overWindows((window) =>
  rolledUp({
    namespace: 'pg',
    metric: `xact_commit_rate${window}`,
    ...gauge('count', 'Transactions committed per second'),
    low: 'db',
    expr: promql`rate(${pgDb.m.xact_commit}[${windowMinutes[window]}m])`,
    how: 'sum',
    up,
  }),
);

/** Transactions rolled back per second. */
export const rollbackRate = overWindows((window) =>
  rolledUp({
    namespace: 'pg',
    metric: `xact_rollback_rate${window}`,
    ...gauge('count', 'Transactions rolled back per second'),
    low: 'db',
    expr: promql`rate(${pgDb.m.xact_rollback}[${windowMinutes[window]}m])`,
    how: 'sum',
    up,
  }),
);

/** Transactions ended per second. */
export const transactionRate = overWindows((window) =>
  rolledUp({
    namespace: 'pg',
    metric: `xact_total_rate${window}`,
    ...gauge('count', 'Transactions committed or rolled back per second'),
    low: 'db',
    expr: promql`rate(${pgDb.m.xact_total}[${windowMinutes[window]}m])`,
    how: 'sum',
    up,
  }),
);

/** How much the rate of transactions moves. */
export const transactionSigma = familyOf({
  namespace: 'pg',
  metric: 'xact_total_sigma15m',
  ...gauge('count', 'Standard deviation of transactions per second over 15 minutes'),
  levels,
  expr: (level) => promql`stddev_over_time(${transactionRate['1m'][level]}[15m])`,
});

export const transactionRecordings = [
  ...windowsInOrder(commitRate, rollbackRate, transactionRate),
  ...inOrder(transactionSigma),
];
